"""URLs of the pages."""

from django.urls import path

from reservationer.soegning import eksport, views
from reservationer.soegning.behov import views as behov
from reservationer.soegning.fritvalg import views as fritvalg
from reservationer.soegning.gemte import views as gemte
from reservationer.soegning.sammenlign.views import sammenlign_side
from reservationer.soegning.valg import views as valg

app_name = "soegning"
urlpatterns = [
    path("", views.soeg_side, name="soeg"),
    path("udeladte", views.udeladte_side, name="udeladte"),
    path("kort", views.kort_side, name="kort"),
    path("behov", behov.liste, name="behov"),
    path("behov/eksport/<slug:form>", behov.eksport, name="eksport_behov"),
    path("behov/log", behov.log, name="log_behov"),
    path("behov/<uuid:behov_id>/traek", behov.traek, name="traek_behov"),
    path("behov/tal", behov.tal, name="behovstal"),
    path("behov/tal/<slug:form>", behov.eksport_tal, name="eksport_behovstal"),
    path("sammenlign", sammenlign_side, name="sammenlign"),
    path("valg", valg.liste, name="valgene"),
    path("valg/tabel/<slug:form>", valg.eksport, name="eksport_valgene"),
    path("valg/nyt", valg.nyt, name="nyt_valg"),
    path("valg/<uuid:valg_id>", valg.detalje, name="valg"),
    path("valg/<uuid:valg_id>/notat", valg.notat, name="valgnotat"),
    path("fritvalg", fritvalg.liste, name="proever"),
    path("fritvalg/tabel/<slug:form>", fritvalg.eksport, name="eksport_proever"),
    path("fritvalg/ny", fritvalg.ny, name="ny_proeve"),
    path("fritvalg/<uuid:proeve_id>", fritvalg.detalje, name="proeve"),
    path("fritvalg/<uuid:proeve_id>/notat", fritvalg.notat, name="proevenotat"),
    path("gemte", gemte.liste, name="gemte"),
    path("gemte/eksport/<slug:form>", gemte.eksport, name="eksport_gemte"),
    path("gemte/ny", gemte.gem, name="gem"),
    path("gemte/<uuid:soegning_id>/slet", gemte.slet, name="slet_gemt"),
    path("gemte/<uuid:soegning_id>/set", gemte.kvitter, name="kvitter"),
    path("eksport/<slug:form>", eksport.fund, name="eksport"),
    path("udeladte/eksport/<slug:form>", eksport.udeladt, name="eksport_udeladte"),
]
