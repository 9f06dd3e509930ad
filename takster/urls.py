"""URLs of the offers' pages that show prices; they stand under /tilbud/ in its namespace (config.urls)."""

from django.urls import path

from takster import views

urlpatterns = [
    path("offentliggjorte", views.offentliggjorte, name="offentliggjorte"),
    path("offentliggjorte/tilbud/<slug:form>", views.eksport_offentliggjorte, name="eksport_offentliggjorte"),
    path("offentliggjorte/priser/<slug:form>", views.eksport_priser, name="eksport_priser"),
    path("<uuid:tilbud_id>", views.detalje, name="detalje"),
    path("<uuid:tilbud_id>/takster/<slug:form>", views.eksport_takster, name="eksport_takster"),
]
