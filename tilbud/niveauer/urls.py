"""URLs of the levels' pages; they stand under /tilbud/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.niveauer import views

urlpatterns = [
    path("niveauer", views.niveauer, name="niveauer"),
    path("niveauer/eksport/<slug:form>", views.eksport_niveauer, name="eksport_niveauer"),
    path("<uuid:tilbud_id>/niveau", views.et_tilbud, name="niveau"),
    path("<uuid:tilbud_id>/niveau/nyt", views.nyt_niveau, name="nyt_niveau"),
]
