"""URLs of the pages."""

from django.urls import path

from kommuner.klienter import views

app_name = "klienter"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("eksport/<slug:form>", views.eksport, name="eksport"),
    path("ny", views.ny, name="ny"),
    path("<uuid:klient_id>", views.detalje, name="detalje"),
    path("<uuid:klient_id>/adgange", views.adgange, name="adgange"),
    path("<uuid:klient_id>/luk", views.luk, name="luk"),
    path("<uuid:klient_id>/ny-noegle", views.ny_noegle, name="ny_noegle"),
    path("<uuid:klient_id>/noegler/<uuid:noegle_id>/spaer", views.spaer, name="spaer"),
]
