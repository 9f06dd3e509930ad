"""URLs of prices beside the takst; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.prisblade import views

urlpatterns = [
    path("tilbud/<uuid:tilbud_id>/priser", views.prisliste, name="prisliste"),
    path("tilbud/<uuid:tilbud_id>/priser/udtraek/<slug:form>", views.eksport, name="eksport_prisliste"),
    path("tilbud/<uuid:tilbud_id>/priser/niveauer", views.nye_niveauer, name="nye_niveauer"),
    path("tilbud/<uuid:tilbud_id>/priser/tillaeg", views.nyt_tillaeg, name="nyt_tillaeg"),
    path("tilbud/<uuid:tilbud_id>/priser/pakke", views.ny_pakke, name="ny_pakke"),
    path("prisblade/<uuid:prisblad_id>", views.prisblad, name="prisblad"),
    path("prisblade/<uuid:prisblad_id>/genberegnet", views.genberegnet, name="genberegnet_prisblad"),
    path("prisblade/<uuid:prisblad_id>/traek", views.traek, name="traek_prisblad"),
    path("prisblade/<uuid:prisblad_id>/godkend", views.godkend, name="godkend_prisblad"),
    path("prisblade/<uuid:prisblad_id>/afvis", views.afvis, name="afvis_prisblad"),
]
