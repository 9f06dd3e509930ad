"""URLs of the register's pages; `takster.urls` adds an offer's own page to the same namespace (config.urls)."""

from django.urls import path

from tilbud import views
from tilbud.aendringer.urls import urlpatterns as aendring_urls
from tilbud.bekraeftelser import views as bekraeftelser
from tilbud.fejlmeldinger.urls import urlpatterns as fejl_urls
from tilbud.klynger.urls import urlpatterns as klynge_urls
from tilbud.lukninger.urls import urlpatterns as luknings_urls
from tilbud.niveauer.urls import urlpatterns as niveau_urls
from tilbud.pladskalender.urls import urlpatterns as kalender_urls
from tilbud.portal.urls import urlpatterns as portal_urls
from tilbud.registerimport.urls import urlpatterns as import_urls

urlpatterns = [
    path("", views.liste, name="liste"),
    path("eksport/<slug:form>", views.eksport, name="eksport"),
    path("<uuid:tilbud_id>/pladser/<slug:form>", views.eksport_pladser, name="eksport_pladser"),
    path("bekraeft", bekraeftelser.bekraeft_pladser, name="bekraeft_pladser"),
    path("afdelinger/<uuid:afdeling_id>/bekraeft", bekraeftelser.bekraeft_afdeling, name="bekraeft"),
    *aendring_urls,
    *luknings_urls,
    *kalender_urls,
    *fejl_urls,
    *import_urls,
    *niveau_urls,
    *klynge_urls,
    *portal_urls,
]
