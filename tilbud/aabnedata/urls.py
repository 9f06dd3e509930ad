"""URLs of the open data. `services` is what the standard calls `tilbud`, for programs that know only the standard."""

from django.urls import path, re_path

from tilbud.aabnedata import views

app_name = "aabnedata"
urlpatterns = [
    path("", views.Om.as_view(), name="om"),
    path("tilbud", views.Liste.as_view(), name="tilbud"),
    path("tilbud/<uuid:tilbud_id>", views.Et.as_view(), name="et_tilbud"),
    path("services", views.Liste.as_view(), name="services"),
    path("services/<uuid:tilbud_id>", views.Et.as_view(), name="service"),
    re_path(r"^.*$", views.FindesIkke.as_view(), name="findes_ikke"),
]
