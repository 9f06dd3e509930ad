"""URLs of the enquiry pages."""

from django.urls import path

from reservationer.sag.forespoergsler import views

app_name = "forespoergsler"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("eksport/<slug:form>", views.eksport, name="eksport"),
    path("ny", views.ny, name="ny"),
    path("<uuid:forespoergsel_id>", views.detalje, name="detalje"),
    path("tilbud/<uuid:henvendelse_id>", views.henvendelse, name="henvendelse"),
    path("tilbud/<uuid:henvendelse_id>/besked", views.besked, name="besked"),
    path("tilbud/<uuid:henvendelse_id>/<slug:svar>", views.beslut, name="beslut"),
]
