"""URLs of the clusters' pages; they stand under /tilbud/klynger/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.klynger import views

urlpatterns = [
    path("klynger/", views.klynger, name="klynger"),
    path("klynger/eksport/<slug:form>", views.eksport_klynger, name="eksport_klynger"),
    path("klynger/ny", views.ny_klynge, name="ny_klynge"),
    path("klynger/<uuid:klynge_id>", views.klynge, name="klynge"),
    path("klynger/<uuid:klynge_id>/tilbud/<slug:form>", views.eksport_klyngetilbud, name="eksport_klyngetilbud"),
    path("klynger/<uuid:klynge_id>/ret", views.ret_klynge, name="ret_klynge"),
    path("klynger/<uuid:klynge_id>/afslut", views.afslut_klynge, name="afslut_klynge"),
    path("klynger/<uuid:klynge_id>/medlemmer/nyt", views.nyt_klyngemedlem, name="nyt_klyngemedlem"),
    path("klynger/medlemmer/<uuid:medlemskab_id>/afslut", views.afslut_klyngemedlem, name="afslut_klyngemedlem"),
]
