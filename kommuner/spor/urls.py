"""URLs of the logs."""

from django.urls import path

from kommuner.spor import views

app_name = "spor"
urlpatterns = [
    path("aendringer/", views.aendringer, name="aendringer"),
    path("aendringer.csv", views.aendringer_fil, name="aendringer_fil"),
    path("laesninger/", views.laesninger, name="laesninger"),
    path("laesninger.csv", views.laesninger_fil, name="laesninger_fil"),
]
