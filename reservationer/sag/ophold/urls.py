"""URLs of the stay pages."""

from django.urls import path

from reservationer.sag.ophold import views

app_name = "ophold"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("eksport/<slug:form>", views.eksport, name="eksport"),
    path("uden-godkendelse", views.akutte, name="akutte"),
    path("uden-godkendelse/eksport/<slug:form>", views.eksport_akutte, name="eksport_akutte"),
    path("ny", views.ny, name="ny"),
    path("<uuid:ophold_id>", views.detalje, name="detalje"),
    path("<uuid:ophold_id>/<slug:skridt>", views.beslut, name="beslut"),
]
