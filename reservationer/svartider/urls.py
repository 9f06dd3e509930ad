"""URLs of the pages of how long the steps took."""

from django.urls import path

from reservationer.svartider import views

app_name = "svartider"
urlpatterns = [
    path("", views.egne, name="egne"),
    path("eksport/<slug:form>", views.eksport, name="eksport"),
    path("omraade", views.omraade, name="omraade"),
    path("omraade/eksport/<slug:form>", views.eksport_omraade, name="eksport_omraade"),
]
