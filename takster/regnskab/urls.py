"""URLs of accounts; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.regnskab import importviews, saldoviews, views

urlpatterns = [
    path("regnskaber", views.liste, name="regnskaber"),
    path("regnskaber/import", importviews.ny, name="regnskabsimport"),
    path("regnskaber/import/skabelon", importviews.skabelon_fil, name="regnskabsskabelon"),
    path("regnskaber/import/indlaes", importviews.indlaes, name="indlaes_regnskaber"),
    path("regnskaber/saldo", saldoviews.saldo, name="saldo"),
    path("regnskaber/saldo/<slug:form>", saldoviews.eksport, name="eksport_saldo"),
    path("regnskaber/omraade", saldoviews.omraade, name="omraadets_saldo"),
    path("regnskaber/omraade/<slug:form>", saldoviews.eksport_omraade, name="eksport_omraadets_saldo"),
    path("regnskaber/nyt/<uuid:tilbud_id>/<int:aar>", views.nyt, name="nyt_regnskab"),
    path("regnskaber/<uuid:regnskab_id>", views.regnskab, name="regnskab"),
    path("regnskaber/<uuid:opgoerelse_id>/opgoerelse", views.opgoerelse, name="regnskabsopgoerelse"),
    path("regnskaber/<uuid:regnskab_id>/afslut", views.afslut, name="afslut_regnskab"),
    path("regnskaber/<uuid:opgoerelse_id>/genaabn", views.genaabn, name="genaabn_regnskab"),
    path("regnskaber/<uuid:regnskab_id>/slet", views.slet, name="slet_regnskab"),
]
