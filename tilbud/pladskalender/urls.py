"""URLs of the operator's place calendar; they stand under /tilbud/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.pladskalender import views

urlpatterns = [
    path("belaegning", views.belaegning, name="belaegning"),
    path("<uuid:tilbud_id>/dage/<slug:form>", views.eksport_dage, name="eksport_dage"),
    path("belaegning/bekraeft", views.bekraeft, name="bekraeft_viste"),
]
