"""URLs of the growth; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.vaekst import views

urlpatterns = [
    path("vaekst", views.i_aar, name="aarets_vaekst"),
    path("vaekst/<int:aar>", views.vaekst, name="vaekst"),
    path("vaekst/<int:aar>/egen", views.egen_vaekst, name="egen_vaekst"),
    path("vaekst/<int:aar>/tal/<slug:form>", views.eksport, name="eksport_vaekst"),
    path("vaekst/<int:aar>/udeladte", views.udeladte, name="udeladte_af_vaekst"),
    path("vaekst/<int:aar>/udeladte/<slug:form>", views.eksport_udeladte, name="eksport_udeladte"),
]
