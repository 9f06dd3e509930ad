"""URLs of the pages."""

from django.urls import path

from reservationer.soegning import views
from reservationer.soegning.behov import views as behov

app_name = "soegning"
urlpatterns = [
    path("", views.soeg_side, name="soeg"),
    path("udeladte", views.udeladte_side, name="udeladte"),
    path("behov", behov.liste, name="behov"),
    path("behov/log", behov.log, name="log_behov"),
    path("behov/tal", behov.tal, name="behovstal"),
]
