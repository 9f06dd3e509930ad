"""URLs of the enquiry pages."""

from django.urls import path

from reservationer.sag.forespoergsler import pladstilbud_views, views

app_name = "forespoergsler"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("eksport/<slug:form>", views.eksport, name="eksport"),
    path("ny", views.ny, name="ny"),
    path("<uuid:forespoergsel_id>", views.detalje, name="detalje"),
    path("tilbud/<uuid:henvendelse_id>", views.henvendelse, name="henvendelse"),
    path("tilbud/<uuid:henvendelse_id>/besked", views.besked, name="besked"),
    path("tilbud/<uuid:henvendelse_id>/plads", pladstilbud_views.giv, name="giv_pladstilbud"),
    path("plads/<uuid:pladstilbud_id>/<slug:trin>", pladstilbud_views.beslut, name="pladstilbud"),
    path("tilbud/<uuid:henvendelse_id>/<slug:svar>", views.beslut, name="beslut"),
]
