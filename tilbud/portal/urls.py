"""URLs of the comparison with Tilbudsportalen; they stand under /tilbud/portal/ in its namespace (tilbud.urls)."""

from django.urls import path

from tilbud.portal import views

urlpatterns = [
    path("portal/", views.liste, name="portal"),
    path("portal/eksport/<slug:form>", views.eksport, name="eksport_portal"),
    path("portal/skema/<slug:form>", views.skabelon, name="portalskema"),
    path("portal/ny", views.ny, name="nyt_portaludtraek"),
    path("portal/<uuid:sammenligning_id>", views.detalje, name="portalsammenligning"),
    path(
        "portal/<uuid:sammenligning_id>/eksport/<slug:form>",
        views.eksport_afvigelser,
        name="eksport_portalafvigelser",
    ),
]
