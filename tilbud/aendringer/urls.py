"""URLs of the pages that correct the register; they stand under /tilbud/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.aendringer import blokviews, views

urlpatterns = [
    path("nyt", views.nyt_tilbud, name="nyt_tilbud"),
    path("<uuid:tilbud_id>/ret", views.ret_tilbud, name="ret_tilbud"),
    path("<uuid:tilbud_id>/afdelinger/ny", views.ny_afdeling, name="ny_afdeling"),
    path("afdelinger/<uuid:afdeling_id>/ret", views.ret_afdeling, name="ret_afdeling"),
    path("afdelinger/<uuid:afdeling_id>/pladser/ny", views.ny_plads, name="ny_plads"),
    path("pladser/<uuid:plads_id>/ret", views.ret_plads, name="ret_plads"),
    path("<uuid:tilbud_id>/godkendelser", blokviews.bloklister, name="bloklister"),
    path("<uuid:tilbud_id>/godkendelser/eksport/<slug:form>", blokviews.eksport_bloklister, name="eksport_bloklister"),
    path("<uuid:tilbud_id>/godkendelser/ny", blokviews.ny_godkendelse, name="ny_godkendelse"),
    path("godkendelser/<uuid:godkendelse_id>/ret", blokviews.ret_godkendelse, name="ret_godkendelse"),
    path("<uuid:tilbud_id>/tilsynsrapporter/ny", blokviews.ny_tilsynsrapport, name="ny_tilsynsrapport"),
    path("tilsynsrapporter/<uuid:tilsynsrapport_id>/ret", blokviews.ret_tilsynsrapport, name="ret_tilsynsrapport"),
    path("<uuid:tilbud_id>/ydelser/ny", blokviews.ny_ydelse, name="ny_ydelse"),
    path("ydelser/<uuid:ydelse_id>/ret", blokviews.ret_ydelse, name="ret_ydelse"),
    path("afdelinger/<uuid:afdeling_id>/merpladser/ny", blokviews.ny_merpladstilladelse, name="ny_merpladstilladelse"),
    path("merpladser/<uuid:tilladelse_id>/ret", blokviews.ret_merpladstilladelse, name="ret_merpladstilladelse"),
]
