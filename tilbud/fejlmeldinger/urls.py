"""URLs of the report pages; they stand under /tilbud/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.fejlmeldinger import andreviews, views

urlpatterns = [
    path("fejlmeldinger/", views.liste, name="fejlmeldinger"),
    path("fejlmeldinger/eksport/<slug:form>", views.eksport, name="eksport_fejlmeldinger"),
    path("fejlmeldinger/<uuid:fejlmelding_id>", views.detalje, name="fejlmelding"),
    path("fejlmeldinger/<uuid:fejlmelding_id>/behandl", views.behandl, name="behandl_fejl"),
    path("<uuid:tilbud_id>/meld-fejl", views.meld, name="meld_fejl"),
    path("klynger/<uuid:klynge_id>/meld-fejl", andreviews.meld_i_klynge, name="meld_fejl_i_klynge"),
    path(
        "offentliggjorte/<uuid:offentligt_id>/meld-fejl",
        andreviews.meld_i_offentligt,
        name="meld_fejl_i_offentliggjort",
    ),
]
