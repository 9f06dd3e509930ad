"""URLs of the waiting list pages."""

from django.urls import path

from reservationer.venteliste import opgoerelse_views, tildeling_views, views

app_name = "venteliste"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("eksport/<slug:form>", views.eksport, name="eksport"),
    path("opgoerelse", opgoerelse_views.opgoerelse, name="opgoerelse"),
    path("opgoerelse/eksport/<slug:form>", opgoerelse_views.eksport_opgoerelse, name="eksport_opgoerelse"),
    path("tal", opgoerelse_views.tal, name="tal"),
    path("tal/eksport/<slug:form>", opgoerelse_views.eksport_tal, name="eksport_tal"),
    path("regel/<uuid:tilbud_id>", views.regel, name="regel"),
    path("ny/<uuid:ventetilbud_id>", views.ny, name="ny"),
    path("skriv-op/<uuid:uden_plads_id>", views.skriv_op, name="skriv_op"),
    path("tilbyd/<uuid:ventende_id>", tildeling_views.giv, name="tilbyd"),
    path("<uuid:venteliste_id>", views.listen, name="listen"),
    path("<uuid:venteliste_id>/ingen", tildeling_views.ingen, name="ingen"),
    path("post/<uuid:ventelistepost_id>", views.post, name="post"),
    path("post/<uuid:ventelistepost_id>/afmeld", views.afmeld, name="afmeld"),
    path("post/<uuid:ventelistepost_id>/alternativ", views.alternativ, name="alternativ"),
]
