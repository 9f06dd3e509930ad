"""URLs of the takst list of a year; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.aarsliste import views

urlpatterns = [
    path("liste", views.i_aar, name="aarets_liste"),
    path("liste/<int:aar>", views.aarsliste, name="aarsliste"),
    path("liste/<int:aar>/bestil", views.bestil_dokument, name="bestil_takstliste"),
    path("liste/<int:aar>/<slug:form>", views.eksport, name="eksport_aarsliste"),
]
