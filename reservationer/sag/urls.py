"""URLs of the pages."""

from django.urls import path

from reservationer.sag import views
from reservationer.sag.takstbeskeder import views as takstbeskedviews

app_name = "sag"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("aendrede-takster/set", takstbeskedviews.kvitter, name="kvitter_takster"),
    path("ny", views.ny, name="ny"),
    path("eksport/<slug:form>", views.eksport, name="eksport"),
    path("plads/<uuid:plads_id>/<slug:dag>", views.paa_plads, name="paa_plads"),
    path("<uuid:reservation_id>", views.detalje, name="detalje"),
    path("<uuid:reservation_id>/kvittering", views.kvittering, name="kvittering"),
    path("<uuid:reservation_id>/<slug:udfald>", views.beslut, name="beslut"),
]
