"""URLs of the calculation's pages; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.fastsaettelse import scenarieviews, views

urlpatterns = [
    path("", views.liste, name="liste"),
    path("budgetter/<uuid:budget_id>/beregn", views.beregn, name="beregn"),
    path("budgetter/<uuid:budget_id>/aendr", views.aendr, name="aendr"),
    path("beregninger/<uuid:beregning_id>", views.beregning, name="beregning"),
    path("beregninger/<uuid:beregning_id>/indsend", views.indsend, name="indsend"),
    path("beregninger/<uuid:beregning_id>/traek", views.traek, name="traek"),
    path("beregninger/<uuid:beregning_id>/godkend", views.godkend, name="godkend"),
    path("beregninger/<uuid:beregning_id>/afvis", views.afvis, name="afvis"),
    path("beregninger/<uuid:beregning_id>/offentliggoer", views.offentliggoer, name="offentliggoer"),
    path("beregninger/<uuid:beregning_id>/hvad-nu-hvis", scenarieviews.hvad_nu_hvis, name="hvad_nu_hvis"),
    path("scenarier/<uuid:scenarie_id>/slet", scenarieviews.slet_scenarie, name="slet_scenarie"),
    path("tilbud/<uuid:tilbud_id>", views.historik, name="historik"),
]
