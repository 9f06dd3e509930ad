"""URLs of the operator's place calendar; they stand under /tilbud/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.pladskalender import views

urlpatterns = [
    path("belaegning", views.belaegning, name="belaegning"),
    path("belaegning/bekraeft", views.bekraeft, name="bekraeft_viste"),
]
