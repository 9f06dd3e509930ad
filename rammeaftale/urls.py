"""URLs of the pages."""

from django.urls import path

from rammeaftale import eksport, views

app_name = "rammeaftale"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("eksport/<slug:form>", eksport.aftaler, name="eksport"),
    path("<slug:slug>/", views.detalje, name="detalje"),
    path("<slug:slug>/parter/eksport/<slug:form>", eksport.parter, name="eksport_parter"),
    path("<slug:slug>/parter/<uuid:part_id>/", views.part, name="part"),
    path("<slug:slug>/parter/<uuid:part_id>/beslutning", views.beslutning, name="beslutning"),
]
