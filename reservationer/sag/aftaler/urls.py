"""URLs of the pages of placement agreements."""

from django.urls import path

from reservationer.sag.aftaler import views

app_name = "aftaler"
urlpatterns = [
    path("ny", views.ny, name="ny"),
    path("<uuid:placeringsaftale_id>", views.detalje, name="detalje"),
    path("<uuid:placeringsaftale_id>/ret", views.ret, name="ret"),
    path("<uuid:placeringsaftale_id>/dokument", views.dokument, name="dokument"),
    path("<uuid:placeringsaftale_id>/<slug:trin>", views.beslut, name="beslut"),
]
