"""URLs of the control of a year; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.kontrol import views

urlpatterns = [
    path("kontrol/<int:aar>", views.kontrol, name="kontrol"),
    path("kontrol/<int:aar>/bestil", views.bestil, name="bestil_kontrol"),
    path("kontrol/<int:aar>/annuller", views.annuller, name="annuller_kontrol"),
]
