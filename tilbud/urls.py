"""URLs of the register's pages; `takster.urls` adds an offer's own page to the same namespace (config.urls)."""

from django.urls import path

from tilbud import views

urlpatterns = [
    path("", views.liste, name="liste"),
    path("bekraeft", views.bekraeft_forfaldne, name="bekraeft_forfaldne"),
    path("afdelinger/<uuid:afdeling_id>/bekraeft", views.bekraeft_afdeling, name="bekraeft"),
]
