"""URLs of costs shared by a key; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.finansiering import views

urlpatterns = [
    path("tilbud/<uuid:tilbud_id>/finansiering", views.finansieringer, name="finansieringer"),
    path(
        "tilbud/<uuid:tilbud_id>/finansiering/udtraek/<slug:form>",
        views.eksport_tilbuddets,
        name="eksport_finansieringer",
    ),
    path("tilbud/<uuid:tilbud_id>/finansiering/ny", views.ny, name="ny_finansiering"),
    path("finansiering/<int:aar>", views.aarets, name="aarets_finansiering"),
    path("finansiering/<int:aar>/<slug:form>", views.eksport_aarets, name="eksport_aarets_finansiering"),
    path("finansiering/<uuid:finansiering_id>", views.finansiering, name="finansiering"),
    path("finansiering/<uuid:finansiering_id>/udtraek/<slug:form>", views.eksport, name="eksport_finansiering"),
    path("finansiering/<uuid:finansiering_id>/genberegnet", views.genberegnet, name="genberegnet_finansiering"),
    path("finansiering/<uuid:finansiering_id>/traek", views.traek, name="traek_finansiering"),
    path("finansiering/<uuid:finansiering_id>/godkend", views.godkend, name="godkend_finansiering"),
    path("finansiering/<uuid:finansiering_id>/afvis", views.afvis, name="afvis_finansiering"),
]
