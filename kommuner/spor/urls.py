"""URLs of the logs."""

from django.urls import path

from kommuner.spor import views

app_name = "spor"
urlpatterns = [
    path("aendringer/", views.aendringer, name="aendringer"),
    path("aendringer/<slug:form>", views.aendringer_fil, name="aendringer_fil"),
    path("laesninger/", views.laesninger, name="laesninger"),
    path("laesninger/<slug:form>", views.laesninger_fil, name="laesninger_fil"),
]
