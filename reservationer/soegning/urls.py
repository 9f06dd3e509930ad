"""URLs of the pages."""

from django.urls import path

from reservationer.soegning import views

app_name = "soegning"
urlpatterns = [
    path("", views.soeg_side, name="soeg"),
    path("udeladte", views.udeladte_side, name="udeladte"),
]
