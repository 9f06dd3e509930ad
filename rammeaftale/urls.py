"""URLs of the pages."""

from django.urls import path

from rammeaftale import eksport, trin_views, views

app_name = "rammeaftale"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("eksport/<slug:form>", eksport.aftaler, name="eksport"),
    path("ny", trin_views.ny, name="ny"),
    path("<slug:slug>/", views.detalje, name="detalje"),
    path("<slug:slug>/parter/eksport/<slug:form>", eksport.parter, name="eksport_parter"),
    path("<slug:slug>/trin/<str:til>", trin_views.trin, name="trin"),
    path("<slug:slug>/send", trin_views.send, name="send"),
    path("<slug:slug>/ny-version", trin_views.ny_version, name="ny_version"),
    path("<slug:slug>/allonge", trin_views.allonge, name="allonge"),
    path("<slug:slug>/fakta/<str:faktum>", trin_views.faktum, name="faktum"),
    path("<slug:slug>/parter/<uuid:part_id>/", views.part, name="part"),
    path("<slug:slug>/parter/<uuid:part_id>/beslutning", views.beslutning, name="beslutning"),
    path("<slug:slug>/parter/<uuid:part_id>/offentliggoerelse", trin_views.offentliggoerelse, name="offentliggoerelse"),
]
