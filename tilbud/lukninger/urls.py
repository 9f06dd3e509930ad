"""URLs of temporary closures; they stand under /tilbud/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.lukninger import views

urlpatterns = [
    path("afdelinger/<uuid:afdeling_id>/luk", views.luk, name="luk"),
    path("lukninger/<uuid:lukning_id>/aabn", views.aabn, name="aabn"),
    path("<uuid:tilbud_id>/lukninger/<slug:form>", views.eksport, name="eksport_lukninger"),
]
