"""URLs of the pages."""

from django.urls import path

from rammeaftale.rapporter import arkivviews, forskelviews, offentligt, tekstviews, views
from rammeaftale.rapporter.overblik import views as overblik
from rammeaftale.rapporter.planer import views as planviews

app_name = "rapporter"
urlpatterns = [
    path("", arkivviews.liste, name="liste"),
    path("eksport/<slug:form>", arkivviews.eksport, name="eksport"),
    path("bestil", views.bestil, name="bestil"),
    path("overblik/<slug:slug>/", overblik.overblik, name="overblik"),
    path("faste/", planviews.planer, name="planer"),
    path("faste/ny", planviews.ny, name="ny_plan"),
    path("faste/<uuid:plan_id>/stop", planviews.stop, name="stop_plan"),
    path("sammenlign/", forskelviews.sammenlign, name="sammenlign"),
    path("<uuid:rapport_id>/", views.detalje, name="detalje"),
    path("<uuid:rapport_id>/annuller", views.annuller, name="annuller"),
    path("<uuid:rapport_id>/proev-igen", views.proev_igen, name="proev_igen"),
    path("<uuid:rapport_id>/endelig", views.endelig, name="endelig"),
    path("<uuid:rapport_id>/tilbagetraekning", views.tilbagetraekning, name="tilbagetraekning"),
    path("<uuid:rapport_id>/rapport.pdf", views.pdf, name="pdf"),
    path("<uuid:rapport_id>/tal/", views.tal, name="tal"),
    path("<uuid:rapport_id>/tal/<str:post_id>.csv", views.tal_csv, name="tal_csv"),
    path("<uuid:rapport_id>/forskel/<uuid:foer_id>/", forskelviews.forskel, name="forskel"),
    path("<uuid:rapport_id>/oejebliksbillede.json", views.oejebliksbillede, name="oejebliksbillede"),
    path("tekster/<slug:slug>/<slug:type_>/", tekstviews.tekster, name="tekster"),
    path("tekster/<slug:slug>/<slug:type_>/<slug:kapitel>/", tekstviews.tekst, name="tekst"),
    path("udgivet/<uuid:udgivet_id>/", offentligt.udgivet, name="udgivet"),
    path("udgivet/<uuid:udgivet_id>/rapport.pdf", offentligt.udgivet_pdf, name="udgivet_pdf"),
]
