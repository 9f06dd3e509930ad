"""URLs of the pages."""

from django.urls import path

from rammeaftale import views

app_name = "rammeaftale"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("<slug:slug>/", views.detalje, name="detalje"),
    path("<slug:slug>/parter/<uuid:part_id>/", views.part, name="part"),
    path("<slug:slug>/parter/<uuid:part_id>/beslutning", views.beslutning, name="beslutning"),
]
