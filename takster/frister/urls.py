"""URLs of the year's deadline; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.frister import views

urlpatterns = [
    path("frister", views.aktuel, name="frister"),
    path("frister/<int:aar>", views.frist, name="frist"),
    path("frister/<int:aar>/paamind", views.paamind, name="paamind_takster"),
    path("frister/<int:aar>/<slug:form>", views.eksport, name="eksport_frist"),
]
