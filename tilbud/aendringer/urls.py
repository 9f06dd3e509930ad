"""URLs of the pages that correct the register; they stand under /tilbud/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.aendringer import views

urlpatterns = [
    path("<uuid:tilbud_id>/ret", views.ret_tilbud, name="ret_tilbud"),
    path("<uuid:tilbud_id>/afdelinger/ny", views.ny_afdeling, name="ny_afdeling"),
    path("afdelinger/<uuid:afdeling_id>/ret", views.ret_afdeling, name="ret_afdeling"),
    path("afdelinger/<uuid:afdeling_id>/pladser/ny", views.ny_plads, name="ny_plads"),
    path("pladser/<uuid:plads_id>/ret", views.ret_plads, name="ret_plads"),
]
