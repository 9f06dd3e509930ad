"""URLs of documents about takster; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.dokumenter import views

urlpatterns = [
    path("takst/<uuid:takst_id>", views.dokumentation, name="dokumentation"),
    path("takst/<uuid:takst_id>/bestil", views.bestil_dokumentation, name="bestil_dokumentation"),
    path("dokumenter/<uuid:dokument_id>", views.dokument, name="dokument"),
]
