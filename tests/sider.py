"""Every page of the platform, what each role gets of it, and a situation to open them in."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.urls import URLPattern, URLResolver, reverse

from faelles.aktoer import Aktoer
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from faelles.tid import nu
from kommuner.models import Bruger, Organisation, Rolle
from rammeaftale.models import Dokumentdel, Klausul, Klausuludgave, Part, Rammeaftale
from rammeaftale.rapporter import filer
from rammeaftale.rapporter.actions import bestil_rapport, goer_endelig
from rammeaftale.rapporter.kanonisk import kontrolsum, til_json
from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Rapportfil, Rapportplan, Udgivelse
from rammeaftale.rapporter.planer.actions import planlaeg
from rammeaftale.rapporter.planer.regler import Hver
from rammeaftale.rapporter.register import rapporttype
from rammeaftale.udmeldinger.regler import Udmeldingsart
from tests import fabrik
from tests.adgangstabel import Raekke, Sprog
from tests.kommuner.klienter.situationer import klient
from tests.rammeaftale.aarshjul.situationer import trin, udfoert
from tests.rammeaftale.fokus.situationer import indsats, milepael, omraade
from tests.rammeaftale.hoering.situationer import hoeringens_id
from tests.rammeaftale.moeder.situationer import moede
from tests.rammeaftale.organer.situationer import organ
from tests.rammeaftale.udmeldinger.situationer import med_rapport, sket, udmelding
from tests.rammeaftale.videndeling.situationer import registreret
from tests.sag.aftaler.situationer import aftalt, med_dokument
from tests.soegning.fritvalg.situationer import med_notat, proeve
from tests.soegning.valg.situationer import med_notat as med_valgnotat
from tests.soegning.valg.situationer import valg
from tests.takster.budget.situationer import budget
from tests.takster.dokumenter.situationer import med_fil
from tests.takster.fastsaettelse.situationer import beregning, scenarie
from tests.takster.finansiering.situationer import indsendt as delt_efter_noegle
from tests.takster.prisblade.situationer import tillaeg
from tests.takster.regnskab.situationer import afsluttet, kladde
from tests.tilbud.portal.situationer import sammenligning
from tests.tilbud.registerimport.situationer import ventende_import
from tests.venteliste.situationer import med_venteliste, uden_plads, venter
from tilbud.models import Afdeling

# Each role and the organisation it is tried in at each place (see tests.adgangstabel). A new role gets a row here.
# rolle                egen             nabo    fremmed
_FOLK = """
sagsbehandler          Rødovre          Herlev  Odense
visitator              Rødovre          -       Odense
oekonomi               Rødovre          -       Odense
tilbudsleder           Gladsaxe         Herlev  Odense
driftsherre_oekonomi   Gladsaxe         -       Odense
sekretariat            KKR_Hovedstaden  -       KKR_Syddanmark
laeser                 Rødovre          -       Odense
administrator          Rødovre          Herlev  Odense
drift                  KKR_Hovedstaden  -       KKR_Syddanmark
"""
FOLK = {
    f"{rolle}@{sted}": (Rolle(rolle), navn.replace("_", " "))
    for rolle, *steder in (linje.split() for linje in _FOLK.strip().splitlines())
    for sted, navn in zip(("egen", "nabo", "fremmed"), steder, strict=True)
    if navn != "-"
}
GRUPPER = {
    "laesere": "sagsbehandler visitator oekonomi tilbudsleder driftsherre_oekonomi sekretariat laeser",
    "sagsfolk": "sagsbehandler visitator oekonomi tilbudsleder driftsherre_oekonomi",
    "reserverer": "sagsbehandler visitator",
    "styrer": "administrator sekretariat",
    "kommenterer": "visitator oekonomi driftsherre_oekonomi sekretariat",
    "takstfolk": "tilbudsleder driftsherre_oekonomi",
}
SPROG = Sprog(faste=("anonym", "uden_tilknytning"), aktoerer=tuple(FOLK), grupper=GRUPPER)
AKTOERER = (*SPROG.faste, *SPROG.aktoerer)

# "log" is the way to the log-in page. Everything else is a status; 302 is where an action leads when it is done.
# rute                               metode anonym uden roller undtagelser, den sidste gælder
TABEL = """
start                                GET    log    403  200
rolle                                GET    log    403  200
rolle                                POST   log    403  404

personer:start                       GET    log    403  403   200: sekretariat  302: administrator
personer:liste                       GET    log    403  403   404: styrer  200: styrer@egen
personer:eksport                     GET    log    403  403   404: styrer  200: styrer@egen
personer:inviter                     GET    log    403  403   404: styrer  200: styrer@egen
personer:inviter                     POST   log    403  403   404: styrer  302: styrer@egen
personer:foreslaa                    GET    log    403  403   404: styrer  200: styrer@egen
personer:foreslaa                    POST   log    403  403   404: styrer  302: styrer@egen
personer:afgoer                      GET    log    403  403   404: styrer  200: styrer@egen  302: sekretariat@egen
personer:afgoer                      POST   log    403  403   404: styrer  302: styrer@egen
personer:send_igen                   POST   log    403  403   404: styrer  302: styrer@egen
personer:traek_tilbage               POST   log    403  403   404: styrer  302: styrer@egen
personer:person                      GET    log    403  403   404: styrer  200: styrer@egen
personer:giv_rolle                   GET    log    403  403   404: styrer  200: styrer@egen
personer:giv_rolle                   POST   log    403  403   404: styrer  302: styrer@egen
personer:afslut                      GET    log    403  403   404: styrer  200: styrer@egen
personer:afslut                      POST   log    403  403   404: styrer  302: styrer@egen
personer:fjern                       GET    log    403  403   404: styrer  200: styrer@egen
personer:fjern                       POST   log    403  403   404: styrer  302: styrer@egen
personer:invitation                  GET    200    200  200
personer:invitation                  POST   400    200  200

soegning:soeg                        GET    log    403  403   200: laesere
soegning:udeladte                    GET    log    403  403   302: laesere
soegning:behov                       GET    log    403  403   200: sagsfolk laeser  403: tilbudsleder driftsherre_oekonomi
soegning:log_behov                   GET    log    403  403   302: reserverer
soegning:log_behov                   POST   log    403  403   302: reserverer
soegning:kort                        GET    log    403  403   404: laesere
soegning:sammenlign                  GET    log    403  403   200: laesere
soegning:proever                     GET    log    403  403   200: sagsbehandler visitator oekonomi
soegning:eksport_proever             GET    log    403  403   200: sagsbehandler visitator oekonomi
soegning:ny_proeve                   GET    log    403  403   200: reserverer
soegning:ny_proeve                   POST   log    403  403   400: reserverer
soegning:proeve                      GET    log    403  403   404: sagsbehandler visitator oekonomi  200: sagsbehandler@egen visitator@egen oekonomi@egen
soegning:proevenotat                 GET    log    403  403   404: sagsbehandler visitator oekonomi  200: sagsbehandler@egen visitator@egen oekonomi@egen
soegning:valgene                     GET    log    403  403   200: sagsbehandler visitator oekonomi
soegning:eksport_valgene             GET    log    403  403   200: sagsbehandler visitator oekonomi
soegning:nyt_valg                    GET    log    403  403   302: reserverer
soegning:nyt_valg                    POST   log    403  403   302: reserverer
soegning:valg                        GET    log    403  403   404: sagsbehandler visitator oekonomi  200: sagsbehandler@egen visitator@egen oekonomi@egen
soegning:valgnotat                   GET    log    403  403   404: sagsbehandler visitator oekonomi  200: sagsbehandler@egen visitator@egen oekonomi@egen
soegning:gemte                       GET    log    403  403   200: sagsfolk laeser  403: tilbudsleder driftsherre_oekonomi
soegning:eksport_gemte               GET    log    403  403   200: sagsfolk laeser  403: tilbudsleder driftsherre_oekonomi
soegning:gem                         POST   log    403  403   302: sagsfolk laeser  403: tilbudsleder driftsherre_oekonomi
soegning:kvitter                     POST   log    403  403   404: sagsfolk laeser  302: sagsbehandler@egen visitator@egen oekonomi@egen laeser@egen  403: tilbudsleder driftsherre_oekonomi
soegning:slet_gemt                   GET    log    403  403   404: sagsfolk laeser  200: sagsbehandler@egen visitator@egen oekonomi@egen laeser@egen  403: tilbudsleder driftsherre_oekonomi
soegning:slet_gemt                   POST   log    403  403   404: sagsfolk laeser  302: sagsbehandler@egen visitator@egen oekonomi@egen laeser@egen  403: tilbudsleder driftsherre_oekonomi
soegning:traek_behov                 GET    log    403  403   404: reserverer  200: sagsbehandler@egen visitator@egen
soegning:traek_behov                 POST   log    403  403   404: reserverer  302: sagsbehandler@egen visitator@egen
soegning:behovstal                   GET    log    403  403   200: sekretariat
soegning:eksport_behov               GET    log    403  403   200: sagsfolk laeser  403: tilbudsleder driftsherre_oekonomi
soegning:eksport_behovstal           GET    log    403  403   200: sekretariat
soegning:eksport                     GET    log    403  403   302: laesere
soegning:eksport_udeladte            GET    log    403  403   302: laesere
tilbud:liste                         GET    log    403  403   200: laesere
tilbud:detalje                       GET    log    403  403   200: laesere
tilbud:offentliggjorte               GET    log    403  403   200: laesere
tilbud:eksport                       GET    log    403  403   200: laesere
tilbud:eksport_pladser               GET    log    403  403   200: laesere
tilbud:eksport_takster               GET    log    403  403   200: laesere
tilbud:ret_tilbud                    GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ret_tilbud                    POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:nyt_tilbud                    GET    log    403  403   200: tilbudsleder
tilbud:nyt_tilbud                    POST   log    403  403   422: tilbudsleder
tilbud:ny_afdeling                   GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ny_afdeling                   POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ret_afdeling                  GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ret_afdeling                  POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ny_plads                      GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ny_plads                      POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ret_plads                     GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ret_plads                     POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:bloklister                    GET    log    403  403   200: laesere
tilbud:eksport_bloklister            GET    log    403  403   200: laesere
tilbud:ny_godkendelse                GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ny_godkendelse                POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ret_godkendelse               GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ret_godkendelse               POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ny_tilsynsrapport             GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ny_tilsynsrapport             POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ret_tilsynsrapport            GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ret_tilsynsrapport            POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ny_ydelse                     GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ny_ydelse                     POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ret_ydelse                    GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ret_ydelse                    POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ny_merpladstilladelse         GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ny_merpladstilladelse         POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:ret_merpladstilladelse        GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:ret_merpladstilladelse        POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:belaegning                    GET    log    403  403   200: tilbudsleder
tilbud:eksport_dage                  GET    log    403  403   200: laesere
tilbud:bekraeft_viste                POST   log    403  403   404: tilbudsleder  302: tilbudsleder@egen
tilbud:luk                           GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:luk                           POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:aabn                          GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:aabn                          POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:eksport_lukninger             GET    log    403  403   200: laesere
tilbud:fejlmeldinger                 GET    log    403  403   200: laesere
tilbud:eksport_fejlmeldinger         GET    log    403  403   200: laesere
tilbud:fejlmelding                   GET    log    403  403   404: laesere  200: sagsbehandler@egen visitator@egen oekonomi@egen laeser@egen tilbudsleder@egen driftsherre_oekonomi@egen
tilbud:behandl_fejl                  POST   log    403  403   404: laesere  403: laeser  302: sagsbehandler@egen visitator@egen oekonomi@egen tilbudsleder@egen driftsherre_oekonomi@egen
tilbud:meld_fejl                     GET    log    403  403   200: laesere  403: laeser
tilbud:meld_fejl                     POST   log    403  403   422: laesere  403: laeser
tilbud:meld_fejl_i_klynge            GET    log    403  403   200: laesere  403: laeser
tilbud:meld_fejl_i_klynge            POST   log    403  403   422: laesere  403: laeser
tilbud:meld_fejl_i_offentliggjort    GET    log    403  403   200: laesere  403: laeser
tilbud:meld_fejl_i_offentliggjort    POST   log    403  403   422: laesere  403: laeser
tilbud:eksport_offentliggjorte       GET    log    403  403   200: laesere
tilbud:eksport_priser                GET    log    403  403   200: laesere
tilbud:importer                      GET    log    403  403   200: tilbudsleder
tilbud:ny_import                     GET    log    403  403   200: tilbudsleder
tilbud:ny_import                     POST   log    403  403   422: tilbudsleder
tilbud:annuller_import               POST   log    403  403   404: tilbudsleder  302: tilbudsleder@egen
tilbud:importskabelon                GET    log    403  403   200: tilbudsleder
tilbud:import                        GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:importfejl                    GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:importaendringer              GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:eksport_importer              GET    log    403  403   200: tilbudsleder
tilbud:send_import                   POST   log    403  403   404: tilbudsleder  302: tilbudsleder@egen
tilbud:godkend_import                GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:godkend_import                POST   log    403  403   404: tilbudsleder  302: tilbudsleder@egen
tilbud:afvis_import                  GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:afvis_import                  POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:traek_import                  POST   log    403  403   404: tilbudsleder  302: tilbudsleder@egen
tilbud:portal                        GET    log    403  403   200: tilbudsleder
tilbud:eksport_portal                GET    log    403  403   200: tilbudsleder
tilbud:portalskema                   GET    log    403  403   200: tilbudsleder
tilbud:nyt_portaludtraek             GET    log    403  403   200: tilbudsleder
tilbud:nyt_portaludtraek             POST   log    403  403   422: tilbudsleder
tilbud:portalsammenligning           GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:portalsammenligning           POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
tilbud:eksport_portalafvigelser      GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
tilbud:niveauer                      GET    log    403  403   200: laesere
tilbud:eksport_niveauer              GET    log    403  403   200: laesere
tilbud:niveau                        GET    log    403  403   200: laesere
tilbud:nyt_niveau                    GET    log    403  403   404: sekretariat  200: sekretariat@egen
tilbud:nyt_niveau                    POST   log    403  403   404: sekretariat  302: sekretariat@egen
tilbud:klynger                       GET    log    403  403   200: laesere
tilbud:eksport_klynger               GET    log    403  403   200: laesere
tilbud:klynge                        GET    log    403  403   200: laesere
tilbud:eksport_klyngetilbud          GET    log    403  403   200: laesere
tilbud:ny_klynge                     GET    log    403  403   200: sekretariat
tilbud:ny_klynge                     POST   log    403  403   302: sekretariat
tilbud:ret_klynge                    GET    log    403  403   404: sekretariat  200: sekretariat@egen
tilbud:ret_klynge                    POST   log    403  403   404: sekretariat  302: sekretariat@egen
tilbud:afslut_klynge                 GET    log    403  403   404: sekretariat  200: sekretariat@egen
tilbud:afslut_klynge                 POST   log    403  403   404: sekretariat  302: sekretariat@egen
tilbud:nyt_klyngemedlem              GET    log    403  403   404: sekretariat  200: sekretariat@egen
tilbud:nyt_klyngemedlem              POST   log    403  403   404: sekretariat  302: sekretariat@egen
tilbud:afslut_klyngemedlem           GET    log    403  403   404: sekretariat  200: sekretariat@egen
tilbud:afslut_klyngemedlem           POST   log    403  403   404: sekretariat  302: sekretariat@egen
tilbud:bekraeft                      POST   log    403  403   404: tilbudsleder  302: tilbudsleder@egen
tilbud:bekraeft_pladser              GET    log    403  403   200: tilbudsleder
tilbud:bekraeft_pladser              POST   log    403  403   404: tilbudsleder  302: tilbudsleder@egen

takster:liste                        GET    log    403  403   200: takstfolk
takster:nyt_budget                   GET    log    403  403   200: takstfolk
takster:nyt_budget                   POST   log    403  403   422: takstfolk
takster:budgetimport                 GET    log    403  403   200: takstfolk
takster:budgetimport                 POST   log    403  403   422: takstfolk
takster:budgetskabelon               GET    log    403  403   200: takstfolk
takster:indlaes_budgetter            POST   log    403  403   302: takstfolk
takster:del_budget                   GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:del_budget                   POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:budget                       GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:budget                       POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:kopier_budget                POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:slet_budget                  GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:slet_budget                  POST   log    403  403   404: takstfolk  302: takstfolk@egen

takster:regnskaber                   GET    log    403  403   200: takstfolk
takster:regnskabsimport              GET    log    403  403   200: takstfolk
takster:regnskabsimport              POST   log    403  403   422: takstfolk
takster:regnskabsskabelon            GET    log    403  403   200: takstfolk
takster:indlaes_regnskaber           POST   log    403  403   302: takstfolk
takster:saldo                        GET    log    403  403   200: takstfolk
takster:eksport_saldo                GET    log    403  403   200: takstfolk
takster:omraadets_saldo              GET    log    403  403   200: sekretariat
takster:eksport_omraadets_saldo      GET    log    403  403   200: sekretariat
takster:nyt_regnskab                 GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:nyt_regnskab                 POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:regnskab                     GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:regnskab                     POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:regnskabsopgoerelse          GET    log    403  403   404: laesere  200: takstfolk@egen sekretariat@egen
takster:afslut_regnskab              POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:genaabn_regnskab             POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:slet_regnskab                GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:slet_regnskab                POST   log    403  403   404: takstfolk  302: takstfolk@egen

takster:beregn                       POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:aendr                        GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:aendr                        POST   log    403  403   404: takstfolk  422: takstfolk@egen
takster:beregning                    GET    log    403  403   404: laesere  200: takstfolk@egen
takster:indsend                      POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:traek                        POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:godkend                      GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:godkend                      POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:afvis                        GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:afvis                        POST   log    403  403   404: takstfolk  422: takstfolk@egen
takster:offentliggoer                GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:offentliggoer                POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:hvad_nu_hvis                 GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:hvad_nu_hvis                 POST   log    403  403   404: takstfolk  422: takstfolk@egen
takster:slet_scenarie                POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:historik                     GET    log    403  403   200: laesere
takster:prisliste                    GET    log    403  403   200: laesere
takster:eksport_prisliste            GET    log    403  403   200: laesere
takster:nye_niveauer                 GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:nye_niveauer                 POST   log    403  403   404: takstfolk  422: takstfolk@egen
takster:nyt_tillaeg                  GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:nyt_tillaeg                  POST   log    403  403   404: takstfolk  422: takstfolk@egen
takster:ny_pakke                     GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:ny_pakke                     POST   log    403  403   404: takstfolk  422: takstfolk@egen
takster:prisblad                     GET    log    403  403   404: laesere  200: takstfolk@egen
takster:genberegnet_prisblad         POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:traek_prisblad               POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:godkend_prisblad             GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:godkend_prisblad             POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:afvis_prisblad               GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:afvis_prisblad               POST   log    403  403   404: takstfolk  422: takstfolk@egen
takster:aarets_liste                 GET    log    403  403   302: laesere
takster:finansieringer               GET    log    403  403   200: laesere
takster:eksport_finansieringer       GET    log    403  403   200: laesere
takster:ny_finansiering              GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:ny_finansiering              POST   log    403  403   404: takstfolk  422: takstfolk@egen
takster:aarets_finansiering          GET    log    403  403   200: laesere
takster:eksport_aarets_finansiering  GET    log    403  403   200: laesere
takster:finansiering                 GET    log    403  403   404: laesere  200: takstfolk@egen
takster:eksport_finansiering         GET    log    403  403   404: laesere  200: takstfolk@egen
takster:genberegnet_finansiering     POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:traek_finansiering           POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:godkend_finansiering         GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:godkend_finansiering         POST   log    403  403   404: takstfolk  302: takstfolk@egen
takster:afvis_finansiering           GET    log    403  403   404: takstfolk  200: takstfolk@egen
takster:afvis_finansiering           POST   log    403  403   404: takstfolk  422: takstfolk@egen
takster:aarsliste                    GET    log    403  403   200: laesere
takster:eksport_aarsliste            GET    log    403  403   200: laesere
takster:bestil_takstliste            POST   log    403  403   302: laesere
takster:dokumentation                GET    log    403  403   200: laesere
takster:bestil_dokumentation         POST   log    403  403   302: laesere
takster:dokument                     GET    log    403  403   200: laesere
takster:kontrol                      GET    log    403  403   200: laesere
takster:bestil_kontrol               POST   log    403  403   302: laesere
takster:annuller_kontrol             POST   log    403  403   302: laesere
takster:frister                      GET    log    403  403   302: sekretariat
takster:frist                        GET    log    403  403   200: sekretariat
takster:paamind_takster              GET    log    403  403   302: sekretariat  200: sekretariat@egen
takster:paamind_takster              POST   log    403  403   302: sekretariat  422: sekretariat@egen
takster:eksport_frist                GET    log    403  403   200: sekretariat
takster:aarets_vaekst                GET    log    403  403   302: sekretariat
takster:vaekst                       GET    log    403  403   200: sekretariat
takster:egen_vaekst                  GET    log    403  403   200: takstfolk
takster:eksport_vaekst               GET    log    403  403   200: sekretariat
takster:udeladte_af_vaekst           GET    log    403  403   200: sekretariat
takster:eksport_udeladte             GET    log    403  403   200: sekretariat
prisudvikling:aaret                  GET    log    403  403   200: sekretariat
prisudvikling:eksport                GET    log    403  403   200: sekretariat
prisudvikling:eksport_udeladte       GET    log    403  403   200: sekretariat

forespoergsler:liste                 GET    log    403  403   200: sagsfolk
forespoergsler:eksport               GET    log    403  403   200: sagsfolk
forespoergsler:ny                    GET    log    403  403   200: reserverer
forespoergsler:ny                    POST   log    403  403   400: reserverer
forespoergsler:detalje               GET    log    403  403   404: sagsfolk  200: sagsfolk@egen
forespoergsler:henvendelse           GET    log    403  403   404: sagsfolk  200: sagsfolk@egen
forespoergsler:beslut                GET    log    403  403   404: reserverer tilbudsleder  302: reserverer@egen  200: tilbudsleder@egen
forespoergsler:beslut                POST   log    403  403   404: reserverer tilbudsleder  302: reserverer@egen  400: tilbudsleder@egen
forespoergsler:besked                POST   log    403  403   404: reserverer tilbudsleder  400: reserverer@egen tilbudsleder@egen

venteliste:liste                     GET    log    403  403   200: sagsfolk
venteliste:eksport                   GET    log    403  403   200: sagsfolk
venteliste:listen                    GET    log    403  403   200: sagsfolk
venteliste:opgoerelse                GET    log    403  403   200: sagsbehandler visitator oekonomi
venteliste:eksport_opgoerelse        GET    log    403  403   200: sagsbehandler visitator oekonomi
venteliste:tal                       GET    log    403  403   200: sekretariat
venteliste:eksport_tal               GET    log    403  403   200: sekretariat
svartider:egne                       GET    log    403  403   200: sagsfolk
svartider:eksport                    GET    log    403  403   200: sagsfolk
svartider:omraade                    GET    log    403  403   200: sekretariat
svartider:eksport_omraade            GET    log    403  403   200: sekretariat
venteliste:regel                     GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
venteliste:regel                     POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
venteliste:ny                        GET    log    403  403   200: reserverer
venteliste:ny                        POST   log    403  403   422: reserverer
venteliste:skriv_op                  GET    log    403  403   404: reserverer  200: reserverer@egen
venteliste:skriv_op                  POST   log    403  403   404: reserverer  302: reserverer@egen
venteliste:tilbyd                    GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
venteliste:tilbyd                    POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
venteliste:ingen                     GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
venteliste:ingen                     POST   log    403  403   404: tilbudsleder  422: tilbudsleder@egen
venteliste:post                      GET    log    403  403   404: sagsfolk  200: sagsfolk@egen
venteliste:afmeld                    GET    log    403  403   404: reserverer  200: reserverer@egen
venteliste:afmeld                    POST   log    403  403   404: reserverer  422: reserverer@egen
venteliste:alternativ                GET    log    403  403   404: reserverer  200: reserverer@egen
venteliste:alternativ                POST   log    403  403   404: reserverer  422: reserverer@egen
forespoergsler:giv_pladstilbud       GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
forespoergsler:giv_pladstilbud       POST   log    403  403   404: tilbudsleder  400: tilbudsleder@egen
forespoergsler:pladstilbud           GET    log    403  403   404: reserverer tilbudsleder  302: reserverer@egen  200: tilbudsleder@egen
forespoergsler:pladstilbud           POST   log    403  403   404: reserverer tilbudsleder  302: reserverer@egen  400: tilbudsleder@egen

ophold:liste                         GET    log    403  403   200: sagsfolk
ophold:eksport                       GET    log    403  403   200: sagsfolk
ophold:akutte                        GET    log    403  403   200: sagsfolk
ophold:eksport_akutte                GET    log    403  403   200: sagsfolk
ophold:ny                            GET    log    403  403   404: tilbudsleder  200: tilbudsleder@egen
ophold:ny                            POST   log    403  403   404: tilbudsleder  400: tilbudsleder@egen
ophold:detalje                       GET    log    403  403   404: sagsfolk  200: sagsfolk@egen
ophold:beslut                        GET    log    403  403   404: reserverer tilbudsleder  200: reserverer@egen tilbudsleder@egen
ophold:beslut                        POST   log    403  403   404: reserverer tilbudsleder  400: reserverer@egen tilbudsleder@egen
aftaler:ny                           POST   log    403  403   404: reserverer tilbudsleder  302: reserverer@egen tilbudsleder@egen
aftaler:detalje                      GET    log    403  403   404: sagsfolk  200: sagsfolk@egen
aftaler:ret                          GET    log    403  403   404: reserverer tilbudsleder  200: reserverer@egen tilbudsleder@egen
aftaler:ret                          POST   log    403  403   404: reserverer tilbudsleder  400: reserverer@egen tilbudsleder@egen
aftaler:dokument                     GET    log    403  403   404: sagsfolk  200: sagsfolk@egen
aftaler:beslut                       GET    log    403  403   404: reserverer tilbudsleder  302: reserverer@egen tilbudsleder@egen
aftaler:beslut                       POST   log    403  403   404: reserverer tilbudsleder  302: reserverer@egen tilbudsleder@egen

sag:liste                            GET    log    403  403   200: sagsfolk
sag:eksport                          GET    log    403  403   200: sagsfolk
sag:kvitter_takster                  POST   log    403  403   302: sagsbehandler visitator oekonomi
sag:ny                               GET    log    403  403   200: reserverer
sag:ny                               POST   log    403  403   400: reserverer
sag:kvittering                       GET    log    403  403   404: reserverer oekonomi  200: reserverer@egen oekonomi@egen
sag:detalje                          GET    log    403  403   404: sagsfolk  200: sagsfolk@egen
sag:paa_plads                        GET    log    403  403   404: sagsfolk  302: sagsfolk@egen
sag:beslut                           GET    log    403  403   404: reserverer tilbudsleder  302: reserverer@egen  200: tilbudsleder@egen
sag:beslut                           POST   log    403  403   404: reserverer tilbudsleder  302: reserverer@egen tilbudsleder@egen

rammeaftale:liste                    GET    log    403  403   200: laesere
rammeaftale:eksport                  GET    log    403  403   200: laesere
rammeaftale:eksport_parter           GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:detalje                  GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:part                     GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:parter                   GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:ny_part                  GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ny_part                  POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:afslut_part              GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:afslut_part              POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:fjern_part               GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:fjern_part               POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:beslutning               GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:beslutning               POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ny                       GET    log    403  403   200: sekretariat
rammeaftale:ny                       POST   log    403  403   422: sekretariat
rammeaftale:trin                     GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:trin                     POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:send                     GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:send                     POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:afsendelse               GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:afsendelse               POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:frist                    GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:frist                    POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ret_aftale               GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_aftale               POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ny_version               GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ny_version               POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:allonge                  GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:allonge                  POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:faktum                   GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:faktum                   POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:offentliggoerelse        GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:offentliggoerelse        POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:organer                  GET    log    403  403   200: laesere
rammeaftale:eksport_organer          GET    log    403  403   200: laesere
rammeaftale:organ                    GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:nyt_organ                GET    log    403  403   200: sekretariat
rammeaftale:nyt_organ                POST   log    403  403   302: sekretariat
rammeaftale:ret_organ                GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_organ                POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:nedlaeg_organ            GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:nedlaeg_organ            POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:nyt_organmedlem          GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:nyt_organmedlem          POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:afslut_organmedlem       GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:afslut_organmedlem       POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:fjern_organ              GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:fjern_organ              POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:fjern_organmedlem        GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:fjern_organmedlem        POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:nyt_moede                GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:nyt_moede                POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:eksport_moeder           GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:moede                    GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:ret_moede                GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_moede                POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:fjern_moede              GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:fjern_moede              POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:moedebeslutning          GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:moedebeslutning          POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:organbeslutning          GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:organbeslutning          POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:fokus                    GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:eksport_fokus            GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:nyt_fokusomraade         GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:nyt_fokusomraade         POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:overtag_fokus            GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:overtag_fokus            POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ret_fokusomraade         GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_fokusomraade         POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:gennemse_fokusomraade    GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:gennemse_fokusomraade    POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:slet_fokusomraade        GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:slet_fokusomraade        POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ny_indsats               GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ny_indsats               POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:ret_indsats              GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_indsats              POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:slet_indsats             GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:slet_indsats             POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ny_milepael              GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ny_milepael              POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:milepael                 GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:meld_milepael            GET    log    403  403   404: kommenterer  200: visitator@egen oekonomi@egen sekretariat@egen
rammeaftale:meld_milepael            POST   log    403  403   404: kommenterer  302: visitator@egen oekonomi@egen sekretariat@egen
rammeaftale:ret_milepael             GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_milepael             POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:slet_milepael            GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:slet_milepael            POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:viden                    GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:eksport_viden            GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:videntilbud              GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:udmeldinger              GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:eksport_udmeldinger      GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:udmelding                GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:eksport_udmeldingssvar   GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:ny_videndeling           GET    log    403  403   404: laesere  200: tilbudsleder@egen sekretariat@egen
rammeaftale:ny_videndeling           POST   log    403  403   404: laesere  422: tilbudsleder@egen sekretariat@egen
rammeaftale:fortryd_videndeling      GET    log    403  403   404: laesere  200: tilbudsleder@egen sekretariat@egen
rammeaftale:fortryd_videndeling      POST   log    403  403   404: laesere  302: tilbudsleder@egen sekretariat@egen
rammeaftale:udmeldingsrapport        GET    log    403  403   404: laesere  200: sekretariat@egen
rammeaftale:bestil_udmeldingsrapport POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:ny_udmelding             GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ny_udmelding             POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:ret_udmelding            GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_udmelding            POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:fjern_udmelding          GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:fjern_udmelding          POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:annuller_udmelding       GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:annuller_udmelding       POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:udmeldingsfaktum         GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:udmeldingsfaktum         POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:annuller_udmeldingsfaktum GET   log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:annuller_udmeldingsfaktum POST  log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:udmeldingssvar           GET    log    403  403   404: kommenterer  200: sekretariat@egen
rammeaftale:udmeldingssvar           POST   log    403  403   404: kommenterer  302: sekretariat@egen
rammeaftale:aarshjul                 GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:eksport_aarshjul         GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:nyt_aarshjulstrin        GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:nyt_aarshjulstrin        POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:hent_aarshjul            GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:hent_aarshjul            POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ret_aarshjulstrin        GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_aarshjulstrin        POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:slet_aarshjulstrin       GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:slet_aarshjulstrin       POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:udfoert_aarshjulstrin    GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:udfoert_aarshjulstrin    POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:fortryd_aarshjulstrin    GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:fortryd_aarshjulstrin    POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:hoeringer                GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:eksport_hoeringer        GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:hoering                  GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:eksport_hoeringssvar     GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:hoeringsfil              GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:vurder_hoeringsfil       GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:vurder_hoeringsfil       POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:hoeringsnotat            GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:bestil_hoeringsnotat     POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:ny_hoering               GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ny_hoering               POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ret_hoering              GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_hoering              POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:fjern_hoering            GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:fjern_hoering            POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:nye_hoeringsparter       GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:nye_hoeringsparter       POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:fjern_hoeringspart       GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:fjern_hoeringspart       POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ret_hoeringspostkasse    GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_hoeringspostkasse    POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:send_hoering             GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:send_hoering             POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:afslut_hoering           GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:afslut_hoering           POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:nyt_hoeringslink         GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:nyt_hoeringslink         POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:traek_hoeringslink       GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:traek_hoeringslink       POST   log    403  403   404: sekretariat  302: sekretariat@egen
rammeaftale:behandl_bemaerkning      GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:behandl_bemaerkning      POST   log    403  403   404: sekretariat  422: sekretariat@egen
hoeringssvar                         GET    200    200  200
hoeringssvar                         POST   422    422  422
rammeaftale:tekst                    GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:sammenlign               GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:klausul                  GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:klausul                  POST   log    403  403   403: laesere  422: kommenterer  404: laesere@fremmed
rammeaftale:ret_indledning           GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_indledning           POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ny_del                   GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ny_del                   POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:klausuludgave            GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:ret_del                  GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_del                  POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:fjern_del                GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:fjern_del                POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ny_klausul               GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ny_klausul               POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ophaev_klausul           GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ophaev_klausul           POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:ret_klausul              GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:ret_klausul              POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:klausulvilkaar           GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:klausulvilkaar           POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:udgaa_klausul            GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:udgaa_klausul            POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:vilkaar                  GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:eksport_vilkaar          GET    log    403  403   200: laesere  404: laesere@fremmed
rammeaftale:traek_vilkaar            GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:traek_vilkaar            POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:udsend_vilkaar           GET    log    403  403   404: sekretariat  200: sekretariat@egen
rammeaftale:udsend_vilkaar           POST   log    403  403   404: sekretariat  422: sekretariat@egen
rammeaftale:vilkaarssaet             GET    log    403  403   200: laesere
rammeaftale:tilbudsvilkaar           GET    log    403  403   200: laesere

rapporter:liste                      GET    log    403  403   200: laesere
rapporter:eksport                    GET    log    403  403   200: laesere
rapporter:overblik                   GET    log    403  403   200: laesere  404: laesere@fremmed
rapporter:sammenlign                 GET    log    403  403   200: laesere
rapporter:bestil                     POST   log    403  403   404: sekretariat oekonomi@fremmed  302: sekretariat@egen
rapporter:planer                     GET    log    403  403   200: sekretariat
rapporter:ny_plan                    GET    log    403  403   200: sekretariat
rapporter:ny_plan                    POST   log    403  403   422: sekretariat
rapporter:stop_plan                  GET    log    403  403   404: sekretariat  200: sekretariat@egen
rapporter:stop_plan                  POST   log    403  403   404: sekretariat  302: sekretariat@egen
rapporter:detalje                    GET    log    403  403   200: laesere  404: laesere@fremmed
rapporter:pdf                        GET    log    403  403   200: laesere  404: laesere@fremmed
rapporter:oejebliksbillede           GET    log    403  403   200: laesere  404: laesere@fremmed
rapporter:tal                        GET    log    403  403   200: laesere  404: laesere@fremmed
rapporter:tal_csv                    GET    log    403  403   200: laesere  404: laesere@fremmed
rapporter:forskel                    GET    log    403  403   200: laesere  404: laesere@fremmed
rapporter:annuller                   POST   log    403  403   404: sekretariat oekonomi  409: sekretariat@egen
rapporter:proev_igen                 POST   log    403  403   404: sekretariat oekonomi  409: sekretariat@egen
rapporter:endelig                    GET    log    403  403   404: sekretariat  200: sekretariat@egen
rapporter:endelig                    POST   log    403  403   404: sekretariat  302: sekretariat@egen
rapporter:tilbagetraekning           GET    log    403  403   404: sekretariat  200: sekretariat@egen
rapporter:tilbagetraekning           POST   log    403  403   404: sekretariat  422: sekretariat@egen
rapporter:tekster                    GET    log    403  403   404: sekretariat  200: sekretariat@egen
rapporter:tekst                      GET    log    403  403   404: sekretariat  200: sekretariat@egen
rapporter:tekst                      POST   log    403  403   404: sekretariat  302: sekretariat@egen
rapporter:udgivet                    GET    200    200  200
rapporter:udgivet_pdf                GET    200    200  200

klienter:liste                       GET    log    403  403   200: administrator
klienter:eksport                     GET    log    403  403   200: administrator
klienter:ny                          GET    log    403  403   200: administrator
klienter:ny                          POST   log    403  403   200: administrator
klienter:detalje                     GET    log    403  403   404: administrator  200: administrator@egen
klienter:adgange                     GET    log    403  403   404: administrator  200: administrator@egen
klienter:adgange                     POST   log    403  403   404: administrator  302: administrator@egen
klienter:ny_noegle                   GET    log    403  403   404: administrator  200: administrator@egen
klienter:ny_noegle                   POST   log    403  403   404: administrator  200: administrator@egen
klienter:spaer                       GET    log    403  403   404: administrator  200: administrator@egen
klienter:spaer                       POST   log    403  403   404: administrator  302: administrator@egen
klienter:luk                         GET    log    403  403   404: administrator  200: administrator@egen
klienter:luk                         POST   log    403  403   404: administrator  302: administrator@egen
spor:aendringer                      GET    log    403  403   200: administrator
spor:aendringer_fil                  GET    log    403  403   200: administrator
spor:laesninger                      GET    log    403  403   200: administrator
spor:laesninger_fil                  GET    log    403  403   200: administrator

sundhed                              GET    200    200  200
was                                  GET    200    200  200
security_txt                         GET    200    200  200

account_login                        GET    200    302  302
account_logout                       GET    302    200  200
account_signup                       GET    200    302  302
account_inactive                     GET    200    200  200
account_email                        GET    404    404  404
account_email_verification_sent      GET    200    200  200
account_confirm_email                GET    200    200  200
account_reauthenticate               GET    log    200  200
account_change_password              GET    log    200  200
account_set_password                 GET    log    302  302
account_reset_password               GET    200    200  200
account_reset_password_done          GET    200    200  200
account_confirm_login_code           GET    302    302  302
account_reset_password_from_key      GET    200    200  200
account_reset_password_from_key_done GET    200    200  200

session                              GET    200    200  200
session                              POST   200    200  200
profil                               GET    log    200  200
breve                                GET    log    200  200
breve                                POST   log    302  302  422: sagsfolk laeser
profil_afslut_session                POST   log    404  404
usersessions_list                    GET    log    200  200
usersessions_list                    POST   log    302  302
mfa_index                            GET    log    200  200
mfa_authenticate                     GET    302    302  302
mfa_reauthenticate                   GET    log    302  302
mfa_activate_totp                    GET    log    302  302
mfa_deactivate_totp                  GET    log    404  404
mfa_view_recovery_codes              GET    log    404  404
mfa_generate_recovery_codes          GET    log    302  302
mfa_download_recovery_codes          GET    log    404  404
mfa_list_webauthn                    GET    log    200  200
mfa_add_webauthn                     GET    log    302  302
mfa_reauthenticate_webauthn          GET    log    302  302
mfa_remove_webauthn                  GET    log    302  302
mfa_edit_webauthn                    GET    log    302  302
mfa_login_webauthn                   GET    302    302  302
openid_connect_login                 GET    404    404  404
openid_connect_callback              GET    404    404  404
socialaccount_login_cancelled        GET    200    200  200
socialaccount_login_error            GET    401    401  401
socialaccount_signup                 GET    404    404  404
socialaccount_connections            GET    404    404  404
"""
# What is sent: the query of a page that needs one, and the fields of a form; both filled from the situation.
FORESPOERGSLER = {
    "soegning:sammenlign": {"afdeling": "{afdeling_id}"},
    "hoeringssvar": {"noegle": "{hoeringsnoegle}"},
    "soegning:ny_proeve": {"afdeling": "{afdeling_id}"},
    "soegning:nyt_valg": {"afdeling": "{afdeling_id}"},
    "forespoergsler:ny": {"tilbud": "{tilbud_id}"},
    "sag:ny": {"plads": "{plads_id}"},
    "ophold:ny": {"tilbud": "{tilbud_id}"},
}
FELTER = {
    "tilbud:bekraeft": {"tryk": "0"},
    "tilbud:bekraeft_pladser": {"viste": "{afdeling_id}:0"},
    "tilbud:bekraeft_viste": {"viste": "{afdeling_id}:0"},
    "sag:ny": {"plads": "{plads_id}"},
    "aftaler:ny": {"ophold": "{ophold_id}"},
    "soegning:kvitter": {"senest": "{i_dag}"},
    "sag:kvitter_takster": {"senest": "{i_dag}"},
    "tilbud:behandl_fejl": {"skridt": "begynd"},
    "forespoergsler:ny": {"tilbud": "{tilbud_id}"},
    "rammeaftale:beslutning": {"status": ""},
    "rammeaftale:nyt_organ": {"art": "arbejdsgruppe", "navn": "En ny gruppe", "fra": "{i_dag}"},
    "rammeaftale:ret_organ": {"navn": "Et nyt navn"},
    "rammeaftale:nedlaeg_organ": {"sidste_dag": "{i_dag}"},
    "rammeaftale:afslut_organmedlem": {"sidste_dag": "{i_dag}"},
    "rammeaftale:nyt_fokusomraade": {"navn": "Et nyt fokusområde", "ophav": "aftalen"},
    "rammeaftale:ret_fokusomraade": {"navn": "Et nyt navn", "ophav": "aftalen"},
    "rammeaftale:ny_indsats": {"navn": "En ny indsats"},
    "rammeaftale:ret_indsats": {"navn": "Et nyt navn"},
    "rammeaftale:meld_milepael": {"stand": "i_gang", "dato": "{i_dag}"},
    "rammeaftale:ny_udmelding": {"titel": "En ny udmelding", "modtaget": "{i_dag}", "svarfrist": "{i_dag}"},
    "rammeaftale:ret_udmelding": {"titel": "Et nyt navn", "modtaget": "{i_dag}", "svarfrist": "{i_dag}"},
    "rammeaftale:annuller_udmelding": {"begrundelse": "Registreret ved en fejl"},
    "rammeaftale:annuller_udmeldingsfaktum": {"begrundelse": "Registreret ved en fejl"},
    "rammeaftale:udmeldingsfaktum": {"art": "rapport_sendt", "dato": "{i_dag}"},
    "rammeaftale:udmeldingssvar": {"antal_borgere": "7"},
    "rammeaftale:nyt_moede": {"dato": "1.6.2027"},
    "rammeaftale:ret_moede": {"dato": "1.5.2027"},
    "rammeaftale:moedebeslutning": {"sag": "ny", "titel": "Taskforce", "udfald": "udsat"},
    "tilbud:nyt_niveau": {"niveau": "2", "fra": "{i_dag}", "grund": "Viden samles"},
    "tilbud:ny_klynge": {"navn": "En ny klynge"},
    "tilbud:ret_klynge": {"navn": "Et nyt navn"},
    "tilbud:afslut_klynge": {"sidste_dag": "{i_dag}"},
    "tilbud:nyt_klyngemedlem": {"kommune": "{kommunekode}", "fra": "{i_dag}"},
    "tilbud:afslut_klyngemedlem": {"sidste_dag": "{i_dag}"},
    "rapporter:bestil": {"aftale": "{slug}", "type": "rammeaftale"},
    "klienter:ny": {"navn": "Et nyt system", "funktion": "myndighed", "scopes": "tilbud:read"},
    "klienter:adgange": {"scopes": "tilbud:read"},
    "takster:budget": {"enhed": "doegn", "ejendom_0": ""},
    "takster:regnskab": {"ejendom_0": ""},
    "personer:inviter": {"email": "ny@example.dk", "roller": "laeser"},
    "personer:foreslaa": {"email": "foreslaaet-nu@example.dk"},
    "personer:giv_rolle": {"rolle": "visitator", "fra": "{i_dag}"},
    "personer:afslut": {"hvornaar": "straks"},
}
# Parts of the address that stand before the page's own pattern.
STAAR_FORAN = {
    "mfa_remove_webauthn": ("pk",),
    "mfa_edit_webauthn": ("pk",),
    "openid_connect_login": ("provider_id",),
    "openid_connect_callback": ("provider_id",),
}
# Pages for everybody, or of the log-in library, which guards its own. Everything else carries `kraever`.
OFFENTLIGE = {
    "sundhed",
    "was",
    "session",
    "personer:invitation",
    "security_txt",
    "hoeringssvar",
    "rapporter:udgivet",
    "rapporter:udgivet_pdf",
}
LOGIN = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
# Stand before allauth's pages of the same addresses, which rows of theirs try.
LUKKEDE = {"konto/email/", "konto/udbyder/", "konto/udbyder/signup/"}
API = ("api/v1/", "o/", "aabne-data/")


def raekker() -> list[Raekke]:
    """The table, read."""
    return SPROG.laes(TABEL)


def sider(resolver: URLResolver, navnerum: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every page of the platform with the name it is reversed by."""
    for moenster in resolver.url_patterns:
        if str(moenster.pattern).startswith(API):
            continue
        if isinstance(moenster, URLPattern):
            yield f"{navnerum}{moenster.name or moenster.pattern}", moenster
        else:
            yield from sider(moenster, f"{moenster.namespace}:" if moenster.namespace else navnerum)


def brugere() -> dict[str, Bruger | None]:
    """One person per actor; None is nobody."""
    uden = Bruger.objects.create_user("uden-tilknytning@example.dk", fabrik.ADGANGSKODE)
    folk = {navn: fabrik.bruger(rolle, organisation(hvor)) for navn, (rolle, hvor) in FOLK.items()}
    return {"anonym": None, "uden_tilknytning": uden, **folk}


def organisation(navn: str) -> Organisation:
    """A municipality, or the secretariat of a KKR, by name."""
    if not navn.startswith("KKR"):
        return fabrik.kommune(navn, i="KKR Syddanmark" if navn == "Odense" else "KKR Hovedstaden").organisation
    fundet = fabrik.kkr(navn).sekretariat
    assert fundet is not None
    return fundet


def argumenter() -> dict[str, str]:
    """What the addresses are filled with: things of Rødovre's and Gladsaxe's."""
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    aftale, klausul = aftale_med_klausul()
    (udfoerelse,) = udfoert(trin(aftale), "Herlev")
    organet = organ("Herlev")
    udmeldingen = udmelding(aftale)
    milepaelen = milepael(indsats(omraade(aftale)))
    fabrik.niveau(plads.afdeling.tilbud, 1)
    budgettet = budget(plads.afdeling.tilbud)
    taksten = fabrik.takst(plads.afdeling, fra=date(2031, 1, 1), til=date(2032, 1, 1))
    beregningen = beregning(budgettet)
    opgjort, regnskabet = afsluttet(), kladde(plads.afdeling.tilbud)
    apinoegle = klient(fabrik.aktoer(Rolle.ADMINISTRATOR, organisation("Rødovre"))).noegle
    roedovre = fabrik.kommune("Rødovre").organisation
    laeser = fabrik.bruger(Rolle.LAESER, roedovre)
    klynge = fabrik.klynge(medlemmer=("Herlev",))
    invitation, noegle = fabrik.invitation("inviteret@example.dk", organisation=roedovre)
    henvendelse = fabrik.henvendelse(plads.afdeling.tilbud)
    liste = med_venteliste()
    ventende = venter(liste, reference="RK-VENTER")
    return {
        "venteliste_id": str(liste.pk),
        "ventetilbud_id": str(liste.tilbud_id),
        "ventelistepost_id": str(ventende.pk),
        "ventende_id": str(ventende.henvendelse_id),
        "uden_plads_id": str(uden_plads(liste.tilbud, reference="RK-UDEN-PLADS").pk),
        "forespoergsel_id": str(henvendelse.forespoergsel_id),
        "henvendelse_id": str(henvendelse.pk),
        "svar": "afvis",
        "pladstilbud_id": str(fabrik.pladstilbud(henvendelse).pk),
        "trin": "traek",
        "ophold_id": str(fabrik.ophold().pk),
        "skridt": "opsig",
        "placeringsaftale_id": str(med_dokument(aftalt()).pk),
        "organisation_id": str(roedovre.pk),
        "bruger_id": str(laeser.pk),
        "tilknytning_id": str(laeser.tilknytninger.get().pk),
        "forslag_id": str(fabrik.forslag("foreslaaet@example.dk", organisation=roedovre).pk),
        "afgoerelse": "godkendt",
        "del_id": str(klausul.klausul.dokumentdel_id),
        "klausul_id": str(klausul.klausul_id),
        "udgave_id": str(klausul.pk),
        "organ_id": str(organet.pk),
        "organmedlem_id": str(organet.medlemmer.get().pk),
        "moede_id": str(moede(organet).pk),
        **hoeringens_id(parter=("Rødovre", "Gladsaxe", "Herlev")),
        "omraade_id": str(milepaelen.indsats.fokusomraade_id),
        "indsats_id": str(milepaelen.indsats_id),
        "milepael_id": str(milepaelen.pk),
        "udmelding_id": str(udmeldingen.pk),
        "faktum_id": str(sket(udmeldingen, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=plads.afdeling.tilbud).pk),
        "udmeldingsrapport_id": str(med_rapport(udmeldingen).pk),
        "takst_id": str(taksten.pk),
        "dokument_id": str(med_fil(taksten).pk),
        "videndeling_id": str(registreret(plads.afdeling.tilbud, "Herlev").pk),
        "trin_id": str(udfoerelse.trin_id),
        "udfoerelse_id": str(udfoerelse.pk),
        "til": "bortfaldet",
        "faktum": "offentliggjort",
        "invitation_id": str(invitation.pk),
        "noegle": noegle,
        "i_dag": fabrik.om(0).isoformat(),
        "reservation_id": str(fabrik.reservation(plads).id),
        "udfald": "bekraeft",
        "tilbud_id": str(plads.afdeling.tilbud_id),
        "afdeling_id": str(plads.afdeling_id),
        "slug": aftale.slug,
        "part_id": str(Part.objects.get(aftale=aftale, organisation=fabrik.kommune("Herlev").organisation).id),
        "rapport_id": str(faerdig_rapport(aftale.id).id),
        "plan_id": str(fast_rapport(aftale.id).id),
        "foer_id": str(faerdig_rapport(aftale.id).id),
        "udgivet_id": str(udgivet_rapport(aftale.id).pk),
        "post_id": "R1-T2",
        "type_": "rammeaftale",
        "kapitel": "resume",
        "plads_id": str(plads.id),
        "dag": fabrik.om(10).isoformat(),
        **blokke(plads.afdeling),
        "lukning_id": str(fabrik.lukning(plads.afdeling).pk),
        "proeve_id": str(med_notat(proeve()).pk),
        "valg_id": str(med_valgnotat(valg()).pk),
        "soegning_id": str(fabrik.gemt_soegning().pk),
        "behov_id": str(fabrik.udaekket_behov().pk),
        "fejlmelding_id": str(fabrik.fejlmelding(plads.afdeling.tilbud).pk),
        "niveaufejl_id": str(fabrik.fejlmelding(plads.afdeling.tilbud, faktum=fabrik.Faktum.SPECIALISERING).pk),
        "kkr": klynge.kkr.slug,
        "klynge_id": str(klynge.pk),
        "offentligt_id": str(fabrik.offentligt_tilbud().pk),
        "medlemskab_id": str(klynge.medlemskaber.get().pk),
        "kommunekode": roedovre.kommune.kommunekode,
        "sammenligning_id": str(sammenligning().pk),
        "import_id": str(ventende_import().pk),
        "budget_id": str(budgettet.pk),
        "beregning_id": str(beregningen.pk),
        "prisblad_id": str(tillaeg().pk),
        "finansiering_id": str(delt_efter_noegle().pk),
        "scenarie_id": str(scenarie(beregningen).pk),
        "regnskab_id": str(regnskabet.pk),
        "opgoerelse_id": str(opgjort.pk),
        "aar": "2030",
        "form": "csv",
        "klient_id": str(apinoegle.klient_id),
        "noegle_id": str(apinoegle.id),
        "key": "findes-ikke",
        "uidb36": "1",
        "provider_id": "findes-ikke",
        "pk": "1",
        "session_id": str(_fremmed_session().pk),
    }


def blokke(afdeling: Afdeling) -> dict[str, str]:
    """An approval, a report, a service and a permission of the department's offer: the ids by the names of the addresses."""
    return {
        "godkendelse_id": str(fabrik.godkendelse(afdeling.tilbud, 50).pk),
        "tilsynsrapport_id": str(fabrik.tilsynsrapport(afdeling.tilbud).pk),
        "ydelse_id": str(fabrik.ydelse(afdeling.tilbud).pk),
        "tilladelse_id": str(fabrik.merpladstilladelse(afdeling).pk),
    }


def aftale_med_klausul(**felter: Any) -> tuple[Rammeaftale, Klausuludgave]:
    """An agreement sent for approval, whose version has a clause; what is written on it is refused, since it is no draft."""
    aftale = fabrik.aftale(**felter)
    versioner = aftale.versioner.all()
    versioner.update(sendt=None)
    del_ = Dokumentdel.objects.create(aftale=aftale, art="styringsdel", titel="Styringsdel", nummer=1)
    klausul = Klausuludgave.objects.create(
        klausul=Klausul.objects.create(dokumentdel=del_), version=versioner.get(), udgave=1, nummer="1",
        overskrift="Takster", organisation=organisation("KKR Hovedstaden"), identitet="test",
    )  # fmt: skip
    versioner.update(sendt=date(2026, 9, 7))
    return aftale, klausul


def _fremmed_session() -> UserSession:
    """Somewhere somebody else is logged in."""
    hvem = fabrik.bruger(Rolle.LAESER, organisation("Rødovre"))
    session: UserSession = UserSession.objects.create(
        user=hvem, ip="192.0.2.1", session_key="fremmed", user_agent="Firefox/1"
    )
    return session


def faerdig_rapport(aftale_id: UUID, af: Aktoer | None = None) -> Rapport:
    """A report with its snapshot and file; what is in them is other tests' business."""
    rapport = bestil_rapport(aktoer=af or fabrik.sekretariat(), aftale_id=aftale_id, type_="rammeaftale")
    type_ = rapporttype(rapport.type)
    rapport.oejebliksbillede = Oejebliksbillede.objects.create(
        type=type_.noegle,
        skema_version=type_.skema_version,
        data=til_json(type_.saml(rapport.emne, rapport.bestilt)),
        sha256="0" * 64,
        datatidspunkt=rapport.bestilt,
    )
    return afslut_rapport(rapport)


def fast_rapport(aftale_id: UUID, af: Aktoer | None = None) -> Rapportplan:
    """One the platform orders every quarter."""
    return planlaeg(
        aktoer=af or fabrik.sekretariat(),
        aftale_id=aftale_id,
        type_="rammeaftale",
        hver=Hver.KVARTAL,
        foerste=fabrik.om(0),
    )


def udgivet_rapport(aftale_id: UUID, af: Aktoer | None = None) -> Udgivelse:
    """A draft made final and published."""
    hvem = af or fabrik.sekretariat()
    endelig = goer_endelig(aktoer=hvem, rapport_id=faerdig_rapport(aftale_id, hvem).pk)
    afslut_rapport(endelig)
    return Udgivelse.objects.create(rapport=endelig, aftale_id=aftale_id, type=endelig.type, nummer=endelig.nummer or 0)


PDF = b"%PDF-1.7"


def afslut_rapport(rapport: Rapport) -> Rapport:
    """With a file, as its job leaves it."""
    rapport.skabelon_version, rapport.sider, rapport.sha256 = (
        rapporttype(rapport.type).skabelon_version,
        1,
        kontrolsum(PDF),
    )
    rapport.save()
    Rapportfil.objects.create(rapport=rapport, navn=filer.gem(PDF))
    with som_systemet("the report's job is done"):
        Job.objects.filter(pk=rapport.job_id).update(status=JobStatus.FAERDIG, afsluttet=nu())
        rapport.job.refresh_from_db()
    return rapport


def adresse(rute: str, moenster: URLPattern, args: Mapping[str, str]) -> str:
    """The page's address, filled with what it needs of the situation."""
    dele = (*moenster.pattern.regex.groupindex, *STAAR_FORAN.get(rute, ()))
    url = reverse(rute, kwargs={navn: args[navn] for navn in dele})
    forespoergsel = urlencode(udfyld(FORESPOERGSLER.get(rute, {}), args))
    return f"{url}?{forespoergsel}" if forespoergsel else url


def udfyld(felter: Mapping[str, str], args: Mapping[str, str]) -> dict[str, str]:
    """The fields with ids of the situation in their places."""
    return {navn: vaerdi.format(**args) for navn, vaerdi in felter.items()}
