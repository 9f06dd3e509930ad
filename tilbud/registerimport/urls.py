"""URLs of the import pages; they stand under /tilbud/import/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.registerimport import views

urlpatterns = [
    path("import/", views.liste, name="importer"),
    path("import/eksport/<slug:form>", views.eksport, name="eksport_importer"),
    path("import/ny", views.ny, name="ny_import"),
    path("import/skabelon", views.skabelon_fil, name="importskabelon"),
    path("import/<uuid:import_id>", views.detalje, name="import"),
    path("import/<uuid:import_id>/fejl/<slug:form>", views.fejlliste, name="importfejl"),
    path("import/<uuid:import_id>/aendringer/<slug:form>", views.aendringsliste, name="importaendringer"),
    path("import/<uuid:import_id>/annuller", views.annuller, name="annuller_import"),
    path("import/<uuid:import_id>/send", views.send, name="send_import"),
    path("import/<uuid:import_id>/godkend", views.godkend, name="godkend_import"),
    path("import/<uuid:import_id>/afvis", views.afvis, name="afvis_import"),
    path("import/<uuid:import_id>/traek", views.traek, name="traek_import"),
]
