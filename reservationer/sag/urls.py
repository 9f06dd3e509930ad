"""URLs of the pages."""

from django.urls import path

from reservationer.sag import views

app_name = "sag"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("ny", views.ny, name="ny"),
    path("eksport/<slug:form>", views.eksport, name="eksport"),
    path("plads/<uuid:plads_id>/<slug:dag>", views.paa_plads, name="paa_plads"),
    path("<uuid:reservation_id>", views.detalje, name="detalje"),
    path("<uuid:reservation_id>/<slug:udfald>", views.beslut, name="beslut"),
]
