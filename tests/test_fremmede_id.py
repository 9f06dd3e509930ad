"""A foreign id in a page's address, query or form gets the very answer an id that does not exist gets."""

import ast
import re
from collections.abc import Iterator, Mapping
from uuid import UUID, uuid4

import pytest
from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoDbBlocker

from drift.laan import ROD
from faelles.formularer import Formular
from kommuner.models import Bruger
from tests.fremmed import Tilfaelde, engang, fremmede, laes
from tests.sider import FELTER, FORESPOERGSLER, adresse, argumenter, brugere, raekker, sider, udfyld
from tests.test_fritekst import underklasser

SIDER = dict(sider(get_resolver()))
Verdener = tuple[Mapping[str, Bruger | None], dict[str, str], dict[str, str]]
ETAGER = ("faelles", "kommuner", "vilkaar", "tilbud", "takster", "reservationer", "rammeaftale")

# Each parameter that holds an id; who sends it; "aaben" when everybody may see what it points at, so that only an id that
# does not exist is tried. Parameters stand as sti:… (in the address), get:… (its query) or post:… (a form).
# rute                          metode parameter              hvem
TABEL = """
rolle                           POST   post:tilknytning       sagsbehandler@egen

klienter:detalje                GET    sti:klient_id          administrator@egen
klienter:adgange                GET    sti:klient_id          administrator@egen
klienter:adgange                POST   sti:klient_id          administrator@egen
klienter:ny_noegle              GET    sti:klient_id          administrator@egen
klienter:ny_noegle              POST   sti:klient_id          administrator@egen
klienter:luk                    GET    sti:klient_id          administrator@egen
klienter:luk                    POST   sti:klient_id          administrator@egen
klienter:spaer                  GET    sti:klient_id          administrator@egen
klienter:spaer                  GET    sti:noegle_id          administrator@egen
klienter:spaer                  POST   sti:klient_id          administrator@egen
klienter:spaer                  POST   sti:noegle_id          administrator@egen

personer:liste                  GET    sti:organisation_id    administrator@egen
personer:eksport                GET    sti:organisation_id    administrator@egen
personer:inviter                GET    sti:organisation_id    administrator@egen
personer:inviter                POST   sti:organisation_id    administrator@egen
personer:foreslaa               GET    sti:organisation_id    administrator@egen
personer:foreslaa               POST   sti:organisation_id    administrator@egen
personer:afgoer                 GET    sti:organisation_id    administrator@egen
personer:afgoer                 GET    sti:forslag_id         administrator@egen
personer:afgoer                 POST   sti:organisation_id    administrator@egen
personer:afgoer                 POST   sti:forslag_id         administrator@egen
personer:send_igen              POST   sti:organisation_id    administrator@egen
personer:send_igen              POST   sti:invitation_id      administrator@egen
personer:traek_tilbage          POST   sti:organisation_id    administrator@egen
personer:traek_tilbage          POST   sti:invitation_id      administrator@egen
personer:person                 GET    sti:organisation_id    administrator@egen
personer:person                 GET    sti:bruger_id          administrator@egen
personer:giv_rolle              GET    sti:organisation_id    administrator@egen
personer:giv_rolle              GET    sti:bruger_id          administrator@egen
personer:giv_rolle              POST   sti:organisation_id    administrator@egen
personer:giv_rolle              POST   sti:bruger_id          administrator@egen
personer:fjern                  GET    sti:organisation_id    administrator@egen
personer:fjern                  GET    sti:bruger_id          administrator@egen
personer:fjern                  POST   sti:organisation_id    administrator@egen
personer:fjern                  POST   sti:bruger_id          administrator@egen
personer:afslut                 GET    sti:organisation_id    administrator@egen
personer:afslut                 GET    sti:tilknytning_id     administrator@egen
personer:afslut                 POST   sti:organisation_id    administrator@egen
personer:afslut                 POST   sti:tilknytning_id     administrator@egen

tilbud:detalje                  GET    sti:tilbud_id          laeser@egen          aaben
tilbud:bekraeft                 POST   sti:afdeling_id        tilbudsleder@egen
tilbud:bekraeft_pladser         POST   post:viste             tilbudsleder@egen
tilbud:eksport_pladser          GET    sti:tilbud_id          laeser@egen          aaben
tilbud:eksport_dage             GET    sti:tilbud_id          laeser@egen          aaben
tilbud:eksport_takster          GET    sti:tilbud_id          laeser@egen          aaben
tilbud:ret_tilbud               GET    sti:tilbud_id          tilbudsleder@egen
tilbud:ret_tilbud               POST   sti:tilbud_id          tilbudsleder@egen
tilbud:ny_afdeling              GET    sti:tilbud_id          tilbudsleder@egen
tilbud:ny_afdeling              POST   sti:tilbud_id          tilbudsleder@egen
tilbud:ret_afdeling             GET    sti:afdeling_id        tilbudsleder@egen
tilbud:ret_afdeling             POST   sti:afdeling_id        tilbudsleder@egen
tilbud:ny_plads                 GET    sti:afdeling_id        tilbudsleder@egen
tilbud:ny_plads                 POST   sti:afdeling_id        tilbudsleder@egen
tilbud:ret_plads                GET    sti:plads_id           tilbudsleder@egen
tilbud:ret_plads                POST   sti:plads_id           tilbudsleder@egen
tilbud:bloklister               GET    sti:tilbud_id          laeser@egen          aaben
tilbud:eksport_bloklister       GET    sti:tilbud_id          laeser@egen          aaben
tilbud:ny_godkendelse           GET    sti:tilbud_id          tilbudsleder@egen
tilbud:ny_godkendelse           POST   sti:tilbud_id          tilbudsleder@egen
tilbud:ret_godkendelse          GET    sti:godkendelse_id     tilbudsleder@egen
tilbud:ret_godkendelse          POST   sti:godkendelse_id     tilbudsleder@egen
tilbud:ny_tilsynsrapport        GET    sti:tilbud_id          tilbudsleder@egen
tilbud:ny_tilsynsrapport        POST   sti:tilbud_id          tilbudsleder@egen
tilbud:ret_tilsynsrapport       GET    sti:tilsynsrapport_id  tilbudsleder@egen
tilbud:ret_tilsynsrapport       POST   sti:tilsynsrapport_id  tilbudsleder@egen
tilbud:ny_ydelse                GET    sti:tilbud_id          tilbudsleder@egen
tilbud:ny_ydelse                POST   sti:tilbud_id          tilbudsleder@egen
tilbud:ret_ydelse               GET    sti:ydelse_id          tilbudsleder@egen
tilbud:ret_ydelse               POST   sti:ydelse_id          tilbudsleder@egen
tilbud:ny_merpladstilladelse    GET    sti:afdeling_id        tilbudsleder@egen
tilbud:ny_merpladstilladelse    POST   sti:afdeling_id        tilbudsleder@egen
tilbud:ret_merpladstilladelse   GET    sti:tilladelse_id      tilbudsleder@egen
tilbud:ret_merpladstilladelse   POST   sti:tilladelse_id      tilbudsleder@egen
tilbud:belaegning               GET    get:tilbud             tilbudsleder@egen
tilbud:belaegning               GET    get:plads              tilbudsleder@egen
tilbud:bekraeft_viste           POST   post:viste             tilbudsleder@egen
tilbud:luk                      GET    sti:afdeling_id        tilbudsleder@egen
tilbud:luk                      POST   sti:afdeling_id        tilbudsleder@egen
tilbud:aabn                     GET    sti:lukning_id         tilbudsleder@egen
tilbud:aabn                     POST   sti:lukning_id         tilbudsleder@egen
tilbud:eksport_lukninger        GET    sti:tilbud_id          laeser@egen          aaben
tilbud:fejlmelding              GET    sti:fejlmelding_id     sagsbehandler@egen
tilbud:behandl_fejl             POST   sti:fejlmelding_id     tilbudsleder@egen
tilbud:behandl_fejl             POST   sti:fejlmelding_id     sekretariat@egen
tilbud:meld_fejl                GET    sti:tilbud_id          sagsbehandler@egen   aaben
tilbud:meld_fejl                POST   sti:tilbud_id          sagsbehandler@egen   aaben
tilbud:meld_fejl_i_klynge       GET    sti:klynge_id          sagsbehandler@egen   aaben
tilbud:meld_fejl_i_klynge       POST   sti:klynge_id          sagsbehandler@egen   aaben
tilbud:meld_fejl_i_offentliggjort GET  sti:offentligt_id      sagsbehandler@egen   aaben
tilbud:meld_fejl_i_offentliggjort POST sti:offentligt_id      sagsbehandler@egen   aaben
tilbud:portalsammenligning      GET    sti:sammenligning_id   tilbudsleder@egen
tilbud:portalsammenligning      POST   sti:sammenligning_id   tilbudsleder@egen
tilbud:eksport_portalafvigelser GET    sti:sammenligning_id   tilbudsleder@egen
tilbud:niveauer                 GET    get:kkr                laeser@egen          aaben
tilbud:eksport_niveauer         GET    get:kkr                laeser@egen          aaben
tilbud:niveau                   GET    sti:tilbud_id          laeser@egen          aaben
tilbud:nyt_niveau               GET    sti:tilbud_id          sekretariat@egen     aaben
tilbud:nyt_niveau               POST   sti:tilbud_id          sekretariat@egen     aaben
tilbud:klynger                  GET    get:kkr                laeser@egen          aaben
tilbud:eksport_klynger          GET    get:kkr                laeser@egen          aaben
tilbud:klynge                   GET    sti:klynge_id          laeser@egen          aaben
tilbud:eksport_klyngetilbud     GET    sti:klynge_id          laeser@egen          aaben
tilbud:ret_klynge               GET    sti:klynge_id          sekretariat@egen
tilbud:ret_klynge               POST   sti:klynge_id          sekretariat@egen
tilbud:afslut_klynge            GET    sti:klynge_id          sekretariat@egen
tilbud:afslut_klynge            POST   sti:klynge_id          sekretariat@egen
tilbud:nyt_klyngemedlem         GET    sti:klynge_id          sekretariat@egen
tilbud:nyt_klyngemedlem         POST   sti:klynge_id          sekretariat@egen
tilbud:afslut_klyngemedlem      GET    sti:medlemskab_id      sekretariat@egen
tilbud:afslut_klyngemedlem      POST   sti:medlemskab_id      sekretariat@egen
tilbud:import                   GET    sti:import_id          tilbudsleder@egen
tilbud:importfejl               GET    sti:import_id          tilbudsleder@egen
tilbud:importaendringer         GET    sti:import_id          tilbudsleder@egen
tilbud:annuller_import          POST   sti:import_id          tilbudsleder@egen
tilbud:send_import              POST   sti:import_id          tilbudsleder@egen
tilbud:godkend_import           GET    sti:import_id          tilbudsleder@egen
tilbud:godkend_import           POST   sti:import_id          tilbudsleder@egen
tilbud:afvis_import             GET    sti:import_id          tilbudsleder@egen
tilbud:afvis_import             POST   sti:import_id          tilbudsleder@egen
tilbud:traek_import             POST   sti:import_id          tilbudsleder@egen

takster:nyt_regnskab            GET    sti:tilbud_id          tilbudsleder@egen
takster:nyt_regnskab            POST   sti:tilbud_id          tilbudsleder@egen
takster:regnskab                GET    sti:regnskab_id        tilbudsleder@egen
takster:regnskab                POST   sti:regnskab_id        tilbudsleder@egen
takster:regnskabsopgoerelse     GET    sti:opgoerelse_id      tilbudsleder@egen
takster:afslut_regnskab         POST   sti:regnskab_id        tilbudsleder@egen
takster:genaabn_regnskab        POST   sti:opgoerelse_id      tilbudsleder@egen
takster:slet_regnskab           GET    sti:regnskab_id        tilbudsleder@egen
takster:slet_regnskab           POST   sti:regnskab_id        tilbudsleder@egen
takster:del_budget              GET    sti:tilbud_id          tilbudsleder@egen
takster:del_budget              POST   sti:tilbud_id          tilbudsleder@egen
takster:budget                  GET    sti:budget_id          tilbudsleder@egen
takster:budget                  POST   sti:budget_id          tilbudsleder@egen
takster:kopier_budget           POST   sti:budget_id          tilbudsleder@egen
takster:beregn                  POST   sti:budget_id          tilbudsleder@egen
takster:aendr                   GET    sti:budget_id          tilbudsleder@egen
takster:aendr                   POST   sti:budget_id          tilbudsleder@egen
takster:beregning               GET    sti:beregning_id      tilbudsleder@egen
takster:indsend                 POST   sti:beregning_id      tilbudsleder@egen
takster:traek                   POST   sti:beregning_id      tilbudsleder@egen
takster:godkend                 GET    sti:beregning_id      tilbudsleder@egen
takster:godkend                 POST   sti:beregning_id      tilbudsleder@egen
takster:afvis                   GET    sti:beregning_id      tilbudsleder@egen
takster:afvis                   POST   sti:beregning_id      tilbudsleder@egen
takster:offentliggoer           GET    sti:beregning_id      tilbudsleder@egen
takster:offentliggoer           POST   sti:beregning_id      tilbudsleder@egen
takster:hvad_nu_hvis            GET    sti:beregning_id       tilbudsleder@egen
takster:hvad_nu_hvis            POST   sti:beregning_id       tilbudsleder@egen
takster:slet_scenarie           POST   sti:scenarie_id        tilbudsleder@egen
takster:historik                GET    sti:tilbud_id          laeser@egen          aaben
takster:dokumentation           GET    sti:takst_id           laeser@egen          aaben
takster:bestil_dokumentation    POST   sti:takst_id           laeser@egen          aaben
takster:dokument                GET    sti:dokument_id        laeser@egen          aaben
takster:prisliste               GET    sti:tilbud_id          laeser@egen          aaben
takster:eksport_prisliste       GET    sti:tilbud_id          laeser@egen          aaben
takster:nye_niveauer            GET    sti:tilbud_id          tilbudsleder@egen
takster:nye_niveauer            POST   sti:tilbud_id          tilbudsleder@egen
takster:nyt_tillaeg             GET    sti:tilbud_id          tilbudsleder@egen
takster:nyt_tillaeg             POST   sti:tilbud_id          tilbudsleder@egen
takster:ny_pakke                GET    sti:tilbud_id          tilbudsleder@egen
takster:ny_pakke                POST   sti:tilbud_id          tilbudsleder@egen
takster:finansieringer          GET    sti:tilbud_id          laeser@egen          aaben
takster:eksport_finansieringer  GET    sti:tilbud_id          laeser@egen          aaben
takster:ny_finansiering         GET    sti:tilbud_id          tilbudsleder@egen
takster:ny_finansiering         POST   sti:tilbud_id          tilbudsleder@egen
takster:finansiering            GET    sti:finansiering_id    tilbudsleder@egen
takster:eksport_finansiering    GET    sti:finansiering_id    tilbudsleder@egen
takster:genberegnet_finansiering POST  sti:finansiering_id    tilbudsleder@egen
takster:traek_finansiering      POST   sti:finansiering_id    tilbudsleder@egen
takster:godkend_finansiering    GET    sti:finansiering_id    tilbudsleder@egen
takster:godkend_finansiering    POST   sti:finansiering_id    tilbudsleder@egen
takster:afvis_finansiering      GET    sti:finansiering_id    tilbudsleder@egen
takster:afvis_finansiering      POST   sti:finansiering_id    tilbudsleder@egen
takster:prisblad                GET    sti:prisblad_id        tilbudsleder@egen
takster:genberegnet_prisblad    POST   sti:prisblad_id        tilbudsleder@egen
takster:traek_prisblad          POST   sti:prisblad_id        tilbudsleder@egen
takster:godkend_prisblad        GET    sti:prisblad_id        tilbudsleder@egen
takster:godkend_prisblad        POST   sti:prisblad_id        tilbudsleder@egen
takster:afvis_prisblad          GET    sti:prisblad_id        tilbudsleder@egen
takster:afvis_prisblad          POST   sti:prisblad_id        tilbudsleder@egen
takster:slet_budget             GET    sti:budget_id          tilbudsleder@egen
takster:slet_budget             POST   sti:budget_id          tilbudsleder@egen
soegning:sammenlign             GET    get:afdeling           laeser@egen          aaben
soegning:ny_proeve              GET    get:afdeling           sagsbehandler@egen   aaben
soegning:proeve                 GET    sti:proeve_id          sagsbehandler@egen
soegning:proevenotat            GET    sti:proeve_id          sagsbehandler@egen
soegning:nyt_valg               GET    get:afdeling           sagsbehandler@egen   aaben
soegning:valg                   GET    sti:valg_id            sagsbehandler@egen
soegning:valgnotat              GET    sti:valg_id            sagsbehandler@egen
soegning:kvitter                POST   sti:soegning_id        sagsbehandler@egen
soegning:traek_behov            GET    sti:behov_id           sagsbehandler@egen
soegning:traek_behov            POST   sti:behov_id           sagsbehandler@egen
soegning:slet_gemt              GET    sti:soegning_id        sagsbehandler@egen
soegning:slet_gemt              POST   sti:soegning_id        sagsbehandler@egen
forespoergsler:ny               GET    get:tilbud             sagsbehandler@egen   aaben
forespoergsler:ny               GET    get:afdeling           sagsbehandler@egen   aaben
forespoergsler:ny               POST   post:tilbud            sagsbehandler@egen   aaben
forespoergsler:detalje          GET    sti:forespoergsel_id   sagsbehandler@egen
forespoergsler:henvendelse      GET    sti:henvendelse_id     sagsbehandler@egen
forespoergsler:beslut           GET    sti:henvendelse_id     tilbudsleder@egen
forespoergsler:beslut           POST   sti:henvendelse_id     tilbudsleder@egen
forespoergsler:giv_pladstilbud  GET    sti:henvendelse_id     tilbudsleder@egen
forespoergsler:giv_pladstilbud  POST   sti:henvendelse_id     tilbudsleder@egen
forespoergsler:pladstilbud      GET    sti:pladstilbud_id     tilbudsleder@egen
forespoergsler:pladstilbud      POST   sti:pladstilbud_id     tilbudsleder@egen
venteliste:listen               GET    sti:venteliste_id      sagsbehandler@egen   aaben
venteliste:regel                GET    sti:tilbud_id          tilbudsleder@egen
venteliste:regel                POST   sti:tilbud_id          tilbudsleder@egen
venteliste:ny                   GET    sti:ventetilbud_id      sagsbehandler@egen   aaben
venteliste:ny                   POST   sti:ventetilbud_id      sagsbehandler@egen   aaben
venteliste:skriv_op             GET    sti:uden_plads_id      sagsbehandler@egen
venteliste:skriv_op             POST   sti:uden_plads_id      sagsbehandler@egen
venteliste:tilbyd               GET    sti:ventende_id        tilbudsleder@egen
venteliste:tilbyd               POST   sti:ventende_id        tilbudsleder@egen
venteliste:ingen                GET    sti:venteliste_id      tilbudsleder@egen
venteliste:ingen                POST   sti:venteliste_id      tilbudsleder@egen
venteliste:post                 GET    sti:ventelistepost_id  sagsbehandler@egen
venteliste:afmeld               GET    sti:ventelistepost_id  sagsbehandler@egen
venteliste:afmeld               POST   sti:ventelistepost_id  sagsbehandler@egen
venteliste:alternativ           GET    sti:ventelistepost_id  sagsbehandler@egen
venteliste:alternativ           POST   sti:ventelistepost_id  sagsbehandler@egen
ophold:ny                       GET    get:tilbud             tilbudsleder@egen
ophold:detalje                  GET    sti:ophold_id          sagsbehandler@egen
ophold:beslut                   GET    sti:ophold_id          sagsbehandler@egen
ophold:beslut                   POST   sti:ophold_id          sagsbehandler@egen
aftaler:ny                      POST   post:ophold            sagsbehandler@egen
aftaler:detalje                 GET    sti:placeringsaftale_id sagsbehandler@egen
aftaler:ret                     GET    sti:placeringsaftale_id sagsbehandler@egen
aftaler:ret                     POST   sti:placeringsaftale_id sagsbehandler@egen
aftaler:dokument                GET    sti:placeringsaftale_id sagsbehandler@egen
aftaler:beslut                  GET    sti:placeringsaftale_id sagsbehandler@egen
aftaler:beslut                  POST   sti:placeringsaftale_id sagsbehandler@egen
forespoergsler:besked           POST   sti:henvendelse_id     tilbudsleder@egen

sag:ny                          GET    get:plads              sagsbehandler@egen   aaben
sag:ny                          POST   post:plads             sagsbehandler@egen   aaben
sag:ny                          GET    get:fortsaetter        sagsbehandler@egen
sag:ny                          POST   post:fortsaetter       sagsbehandler@egen
sag:kvittering                  GET    sti:reservation_id     sagsbehandler@egen
sag:detalje                     GET    sti:reservation_id     sagsbehandler@egen
sag:paa_plads                   GET    sti:plads_id           sagsbehandler@egen
sag:beslut                      GET    sti:reservation_id     tilbudsleder@egen
sag:beslut                      POST   sti:reservation_id     tilbudsleder@egen

rammeaftale:detalje             GET    sti:slug               laeser@egen
rammeaftale:eksport_parter      GET    sti:slug               laeser@egen
rammeaftale:part                GET    sti:slug               laeser@egen
rammeaftale:part                GET    sti:part_id            laeser@egen
rammeaftale:beslutning          GET    sti:slug               sekretariat@egen
rammeaftale:beslutning          GET    sti:part_id            sekretariat@egen
rammeaftale:beslutning          POST   sti:slug               sekretariat@egen
rammeaftale:beslutning          POST   sti:part_id            sekretariat@egen
rammeaftale:trin                GET    sti:slug               sekretariat@egen
rammeaftale:trin                POST   sti:slug               sekretariat@egen
rammeaftale:send                GET    sti:slug               sekretariat@egen
rammeaftale:send                POST   sti:slug               sekretariat@egen
rammeaftale:ret_aftale          GET    sti:slug               sekretariat@egen
rammeaftale:ret_aftale          POST   sti:slug               sekretariat@egen
rammeaftale:ny_version          GET    sti:slug               sekretariat@egen
rammeaftale:ny_version          POST   sti:slug               sekretariat@egen
rammeaftale:allonge             GET    sti:slug               sekretariat@egen
rammeaftale:allonge             POST   sti:slug               sekretariat@egen
rammeaftale:parter              GET    sti:slug               laeser@egen
rammeaftale:ny_part             GET    sti:slug               sekretariat@egen
rammeaftale:ny_part             POST   sti:slug               sekretariat@egen
rammeaftale:afslut_part         GET    sti:slug               sekretariat@egen
rammeaftale:afslut_part         GET    sti:part_id            sekretariat@egen
rammeaftale:afslut_part         POST   sti:slug               sekretariat@egen
rammeaftale:afslut_part         POST   sti:part_id            sekretariat@egen
rammeaftale:fjern_part          GET    sti:slug               sekretariat@egen
rammeaftale:fjern_part          GET    sti:part_id            sekretariat@egen
rammeaftale:fjern_part          POST   sti:slug               sekretariat@egen
rammeaftale:fjern_part          POST   sti:part_id            sekretariat@egen
rammeaftale:afsendelse          GET    sti:slug               sekretariat@egen
rammeaftale:afsendelse          POST   sti:slug               sekretariat@egen
rammeaftale:frist               GET    sti:slug               sekretariat@egen
rammeaftale:frist               POST   sti:slug               sekretariat@egen
rammeaftale:faktum              GET    sti:slug               sekretariat@egen
rammeaftale:faktum              POST   sti:slug               sekretariat@egen
rammeaftale:offentliggoerelse   GET    sti:slug               sekretariat@egen
rammeaftale:offentliggoerelse   GET    sti:part_id            sekretariat@egen
rammeaftale:offentliggoerelse   POST   sti:slug               sekretariat@egen
rammeaftale:offentliggoerelse   POST   sti:part_id            sekretariat@egen
rammeaftale:organ               GET    sti:organ_id           laeser@egen
rammeaftale:ret_organ           GET    sti:organ_id           sekretariat@egen
rammeaftale:ret_organ           POST   sti:organ_id           sekretariat@egen
rammeaftale:nedlaeg_organ       GET    sti:organ_id           sekretariat@egen
rammeaftale:nedlaeg_organ       POST   sti:organ_id           sekretariat@egen
rammeaftale:nyt_organmedlem     GET    sti:organ_id           sekretariat@egen
rammeaftale:nyt_organmedlem     POST   sti:organ_id           sekretariat@egen
rammeaftale:afslut_organmedlem  GET    sti:organmedlem_id     sekretariat@egen
rammeaftale:afslut_organmedlem  POST   sti:organmedlem_id     sekretariat@egen
rammeaftale:fjern_organ         GET    sti:organ_id           sekretariat@egen
rammeaftale:fjern_organ         POST   sti:organ_id           sekretariat@egen
rammeaftale:fjern_organmedlem   GET    sti:organmedlem_id     sekretariat@egen
rammeaftale:fjern_organmedlem   POST   sti:organmedlem_id     sekretariat@egen
rammeaftale:nyt_moede           GET    sti:organ_id           sekretariat@egen
rammeaftale:nyt_moede           POST   sti:organ_id           sekretariat@egen
rammeaftale:eksport_moeder      GET    sti:organ_id           laeser@egen
rammeaftale:moede               GET    sti:moede_id           laeser@egen
rammeaftale:ret_moede           GET    sti:moede_id           sekretariat@egen
rammeaftale:ret_moede           POST   sti:moede_id           sekretariat@egen
rammeaftale:fjern_moede         GET    sti:moede_id           sekretariat@egen
rammeaftale:fjern_moede         POST   sti:moede_id           sekretariat@egen
rammeaftale:moedebeslutning     GET    sti:moede_id           sekretariat@egen
rammeaftale:moedebeslutning     POST   sti:moede_id           sekretariat@egen
rammeaftale:organbeslutning     GET    sti:slug               sekretariat@egen
rammeaftale:organbeslutning     POST   sti:slug               sekretariat@egen
rammeaftale:fokus               GET    sti:slug               laeser@egen
rammeaftale:eksport_fokus       GET    sti:slug               laeser@egen
rammeaftale:nyt_fokusomraade    GET    sti:slug               sekretariat@egen
rammeaftale:nyt_fokusomraade    POST   sti:slug               sekretariat@egen
rammeaftale:overtag_fokus       GET    sti:slug               sekretariat@egen
rammeaftale:overtag_fokus       POST   sti:slug               sekretariat@egen
rammeaftale:ret_fokusomraade    GET    sti:omraade_id         sekretariat@egen
rammeaftale:ret_fokusomraade    POST   sti:omraade_id         sekretariat@egen
rammeaftale:gennemse_fokusomraade GET  sti:omraade_id         sekretariat@egen
rammeaftale:gennemse_fokusomraade POST sti:omraade_id         sekretariat@egen
rammeaftale:slet_fokusomraade   GET    sti:omraade_id         sekretariat@egen
rammeaftale:slet_fokusomraade   POST   sti:omraade_id         sekretariat@egen
rammeaftale:ny_indsats          GET    sti:omraade_id         sekretariat@egen
rammeaftale:ny_indsats          POST   sti:omraade_id         sekretariat@egen
rammeaftale:ret_indsats         GET    sti:indsats_id         sekretariat@egen
rammeaftale:ret_indsats         POST   sti:indsats_id         sekretariat@egen
rammeaftale:slet_indsats        GET    sti:indsats_id         sekretariat@egen
rammeaftale:slet_indsats        POST   sti:indsats_id         sekretariat@egen
rammeaftale:ny_milepael         GET    sti:indsats_id         sekretariat@egen
rammeaftale:ny_milepael         POST   sti:indsats_id         sekretariat@egen
rammeaftale:milepael            GET    sti:milepael_id        laeser@egen
rammeaftale:meld_milepael       GET    sti:milepael_id        visitator@egen
rammeaftale:meld_milepael       POST   sti:milepael_id        visitator@egen
rammeaftale:ret_milepael        GET    sti:milepael_id        sekretariat@egen
rammeaftale:ret_milepael        POST   sti:milepael_id        sekretariat@egen
rammeaftale:slet_milepael       GET    sti:milepael_id        sekretariat@egen
rammeaftale:slet_milepael       POST   sti:milepael_id        sekretariat@egen
rammeaftale:viden               GET    sti:slug               laeser@egen
rammeaftale:eksport_viden       GET    sti:slug               laeser@egen
rammeaftale:videntilbud         GET    sti:slug               laeser@egen
rammeaftale:videntilbud         GET    sti:tilbud_id          laeser@egen
rammeaftale:ny_videndeling      GET    sti:slug               sekretariat@egen
rammeaftale:ny_videndeling      POST   sti:slug               sekretariat@egen
rammeaftale:ny_videndeling      GET    sti:tilbud_id          sekretariat@egen
rammeaftale:ny_videndeling      POST   sti:tilbud_id          sekretariat@egen
rammeaftale:fortryd_videndeling GET    sti:slug               sekretariat@egen
rammeaftale:fortryd_videndeling POST   sti:slug               sekretariat@egen
rammeaftale:fortryd_videndeling GET    sti:videndeling_id     sekretariat@egen
rammeaftale:fortryd_videndeling POST   sti:videndeling_id     sekretariat@egen
rammeaftale:udmeldinger         GET    sti:slug               laeser@egen
rammeaftale:eksport_udmeldinger GET    sti:slug               laeser@egen
rammeaftale:ny_udmelding        GET    sti:slug               sekretariat@egen
rammeaftale:ny_udmelding        POST   sti:slug               sekretariat@egen
rammeaftale:udmelding           GET    sti:udmelding_id       laeser@egen
rammeaftale:ret_udmelding       GET    sti:udmelding_id       sekretariat@egen
rammeaftale:ret_udmelding       POST   sti:udmelding_id       sekretariat@egen
rammeaftale:fjern_udmelding     GET    sti:udmelding_id       sekretariat@egen
rammeaftale:fjern_udmelding     POST   sti:udmelding_id       sekretariat@egen
rammeaftale:annuller_udmelding  GET    sti:udmelding_id       sekretariat@egen
rammeaftale:annuller_udmelding  POST   sti:udmelding_id       sekretariat@egen
rammeaftale:udmeldingsrapport   GET    sti:udmeldingsrapport_id sekretariat@egen
rammeaftale:bestil_udmeldingsrapport POST  sti:udmelding_id         sekretariat@egen
rammeaftale:annuller_udmeldingsfaktum GET  sti:faktum_id      sekretariat@egen
rammeaftale:annuller_udmeldingsfaktum POST sti:faktum_id      sekretariat@egen
rammeaftale:udmeldingsfaktum    GET    sti:udmelding_id       sekretariat@egen
rammeaftale:udmeldingsfaktum    POST   sti:udmelding_id       sekretariat@egen
rammeaftale:eksport_udmeldingssvar GET    sti:udmelding_id       laeser@egen
rammeaftale:udmeldingssvar      GET    sti:udmelding_id       sekretariat@egen
rammeaftale:udmeldingssvar      POST   sti:udmelding_id       sekretariat@egen
rammeaftale:udmeldingssvar      GET    sti:part_id            sekretariat@egen
rammeaftale:udmeldingssvar      POST   sti:part_id            sekretariat@egen
rammeaftale:aarshjul            GET    sti:slug               laeser@egen
rammeaftale:eksport_aarshjul    GET    sti:slug               laeser@egen
rammeaftale:nyt_aarshjulstrin   GET    sti:slug               sekretariat@egen
rammeaftale:nyt_aarshjulstrin   POST   sti:slug               sekretariat@egen
rammeaftale:hent_aarshjul       GET    sti:slug               sekretariat@egen
rammeaftale:hent_aarshjul       POST   sti:slug               sekretariat@egen
rammeaftale:ret_aarshjulstrin   GET    sti:slug               sekretariat@egen
rammeaftale:ret_aarshjulstrin   GET    sti:trin_id            sekretariat@egen
rammeaftale:ret_aarshjulstrin   POST   sti:slug               sekretariat@egen
rammeaftale:ret_aarshjulstrin   POST   sti:trin_id            sekretariat@egen
rammeaftale:slet_aarshjulstrin  GET    sti:slug               sekretariat@egen
rammeaftale:slet_aarshjulstrin  GET    sti:trin_id            sekretariat@egen
rammeaftale:slet_aarshjulstrin  POST   sti:slug               sekretariat@egen
rammeaftale:slet_aarshjulstrin  POST   sti:trin_id            sekretariat@egen
rammeaftale:udfoert_aarshjulstrin GET    sti:slug               sekretariat@egen
rammeaftale:udfoert_aarshjulstrin GET    sti:trin_id            sekretariat@egen
rammeaftale:udfoert_aarshjulstrin POST   sti:slug               sekretariat@egen
rammeaftale:udfoert_aarshjulstrin POST   sti:trin_id            sekretariat@egen
rammeaftale:fortryd_aarshjulstrin GET    sti:slug               sekretariat@egen
rammeaftale:fortryd_aarshjulstrin GET    sti:udfoerelse_id      sekretariat@egen
rammeaftale:fortryd_aarshjulstrin POST   sti:slug               sekretariat@egen
rammeaftale:fortryd_aarshjulstrin POST   sti:udfoerelse_id      sekretariat@egen
rammeaftale:hoeringer          GET    sti:slug               laeser@egen
rammeaftale:eksport_hoeringer  GET    sti:slug               laeser@egen
rammeaftale:hoering            GET    sti:hoering_id         laeser@egen
rammeaftale:eksport_hoeringssvar GET    sti:hoering_id         laeser@egen
rammeaftale:hoeringsnotat      GET    sti:notat_id           laeser@egen
rammeaftale:bestil_hoeringsnotat POST   sti:hoering_id         sekretariat@egen
rammeaftale:hoeringsfil        GET    sti:fil_id             laeser@egen
rammeaftale:vurder_hoeringsfil GET    sti:fil_id             sekretariat@egen
rammeaftale:vurder_hoeringsfil POST   sti:fil_id             sekretariat@egen
rammeaftale:ny_hoering         GET    sti:slug               sekretariat@egen
rammeaftale:ny_hoering         POST   sti:slug               sekretariat@egen
rammeaftale:ret_hoering        GET    sti:hoering_id         sekretariat@egen
rammeaftale:ret_hoering        POST   sti:hoering_id         sekretariat@egen
rammeaftale:fjern_hoering      GET    sti:hoering_id         sekretariat@egen
rammeaftale:fjern_hoering      POST   sti:hoering_id         sekretariat@egen
rammeaftale:nye_hoeringsparter GET    sti:hoering_id         sekretariat@egen
rammeaftale:nye_hoeringsparter POST   sti:hoering_id         sekretariat@egen
rammeaftale:fjern_hoeringspart GET    sti:modtager_id        sekretariat@egen
rammeaftale:fjern_hoeringspart POST   sti:modtager_id        sekretariat@egen
rammeaftale:ret_hoeringspostkasse GET    sti:modtager_id        sekretariat@egen
rammeaftale:ret_hoeringspostkasse POST   sti:modtager_id        sekretariat@egen
rammeaftale:send_hoering       GET    sti:hoering_id         sekretariat@egen
rammeaftale:send_hoering       POST   sti:hoering_id         sekretariat@egen
rammeaftale:afslut_hoering     GET    sti:hoering_id         sekretariat@egen
rammeaftale:afslut_hoering     POST   sti:hoering_id         sekretariat@egen
rammeaftale:nyt_hoeringslink   GET    sti:modtager_id        sekretariat@egen
rammeaftale:nyt_hoeringslink   POST   sti:modtager_id        sekretariat@egen
rammeaftale:traek_hoeringslink GET    sti:modtager_id        sekretariat@egen
rammeaftale:traek_hoeringslink POST   sti:modtager_id        sekretariat@egen
rammeaftale:behandl_bemaerkning GET    sti:bemaerkning_id     sekretariat@egen
rammeaftale:behandl_bemaerkning POST   sti:bemaerkning_id     sekretariat@egen
rammeaftale:tekst               GET    sti:slug               laeser@egen
rammeaftale:sammenlign          GET    sti:slug               laeser@egen
rammeaftale:vilkaar             GET    sti:slug               laeser@egen
rammeaftale:eksport_vilkaar     GET    sti:slug               laeser@egen
rammeaftale:klausul             GET    sti:slug               laeser@egen
rammeaftale:klausul             POST   sti:slug               visitator@egen
rammeaftale:klausul             GET    sti:klausul_id         laeser@egen
rammeaftale:klausul             POST   sti:klausul_id         visitator@egen
rammeaftale:ret_indledning      GET    sti:slug               sekretariat@egen
rammeaftale:ret_indledning      POST   sti:slug               sekretariat@egen
rammeaftale:ny_del              GET    sti:slug               sekretariat@egen
rammeaftale:traek_vilkaar       GET    sti:slug               sekretariat@egen
rammeaftale:traek_vilkaar       POST   sti:slug               sekretariat@egen
rammeaftale:udsend_vilkaar      GET    sti:slug               sekretariat@egen
rammeaftale:klausuludgave       GET    sti:slug               laeser@egen
rammeaftale:klausuludgave       GET    sti:klausul_id         laeser@egen
rammeaftale:klausuludgave       GET    sti:udgave_id          laeser@egen
rammeaftale:ret_del             GET    sti:slug               sekretariat@egen
rammeaftale:ret_del             GET    sti:del_id             sekretariat@egen
rammeaftale:ret_del             POST   sti:slug               sekretariat@egen
rammeaftale:ret_del             POST   sti:del_id             sekretariat@egen
rammeaftale:fjern_del           GET    sti:slug               sekretariat@egen
rammeaftale:fjern_del           GET    sti:del_id             sekretariat@egen
rammeaftale:fjern_del           POST   sti:slug               sekretariat@egen
rammeaftale:fjern_del           POST   sti:del_id             sekretariat@egen
rammeaftale:ny_klausul          GET    sti:slug               sekretariat@egen
rammeaftale:ny_klausul          GET    sti:del_id             sekretariat@egen
rammeaftale:ophaev_klausul      GET    sti:slug               sekretariat@egen
rammeaftale:ophaev_klausul      GET    sti:del_id             sekretariat@egen
rammeaftale:ophaev_klausul      POST   sti:slug               sekretariat@egen
rammeaftale:ophaev_klausul      POST   sti:del_id             sekretariat@egen
rammeaftale:ret_klausul         GET    sti:slug               sekretariat@egen
rammeaftale:ret_klausul         GET    sti:klausul_id         sekretariat@egen
rammeaftale:klausulvilkaar      GET    sti:slug               sekretariat@egen
rammeaftale:klausulvilkaar      GET    sti:klausul_id         sekretariat@egen
rammeaftale:udgaa_klausul       GET    sti:slug               sekretariat@egen
rammeaftale:udgaa_klausul       GET    sti:klausul_id         sekretariat@egen
rammeaftale:ny_del              POST   sti:slug               sekretariat@egen
rammeaftale:udsend_vilkaar      POST   sti:slug               sekretariat@egen
rammeaftale:ny_klausul          POST   sti:slug               sekretariat@egen
rammeaftale:ny_klausul          POST   sti:del_id             sekretariat@egen
rammeaftale:ret_klausul         POST   sti:slug               sekretariat@egen
rammeaftale:ret_klausul         POST   sti:klausul_id         sekretariat@egen
rammeaftale:klausulvilkaar      POST   sti:slug               sekretariat@egen
rammeaftale:klausulvilkaar      POST   sti:klausul_id         sekretariat@egen
rammeaftale:udgaa_klausul       POST   sti:slug               sekretariat@egen
rammeaftale:udgaa_klausul       POST   sti:klausul_id         sekretariat@egen
rammeaftale:tilbudsvilkaar      GET    sti:tilbud_id          laeser@egen          aaben

rapporter:overblik              GET    sti:slug               laeser@egen
rapporter:bestil                POST   post:aftale            sekretariat@egen
rapporter:stop_plan             GET    sti:plan_id            sekretariat@egen
rapporter:stop_plan             POST   sti:plan_id            sekretariat@egen
rapporter:detalje               GET    sti:rapport_id         laeser@egen
rapporter:pdf                   GET    sti:rapport_id         laeser@egen
rapporter:oejebliksbillede      GET    sti:rapport_id         laeser@egen
rapporter:tal                   GET    sti:rapport_id         laeser@egen
rapporter:tal_csv               GET    sti:rapport_id         laeser@egen
rapporter:forskel               GET    sti:rapport_id         laeser@egen
rapporter:forskel               GET    sti:foer_id            laeser@egen
rapporter:annuller              POST   sti:rapport_id         sekretariat@egen
rapporter:proev_igen            POST   sti:rapport_id         sekretariat@egen
rapporter:endelig               GET    sti:rapport_id         sekretariat@egen
rapporter:endelig               POST   sti:rapport_id         sekretariat@egen
rapporter:tilbagetraekning      GET    sti:rapport_id         sekretariat@egen
rapporter:tilbagetraekning      POST   sti:rapport_id         sekretariat@egen
rapporter:tekster               GET    sti:slug               sekretariat@egen
rapporter:tekst                 GET    sti:slug               sekretariat@egen
rapporter:tekst                 POST   sti:slug               sekretariat@egen
rapporter:udgivet               GET    sti:udgivet_id         laeser@egen          aaben
rapporter:udgivet_pdf           GET    sti:udgivet_id         laeser@egen          aaben
"""
# What a parameter is called among the ids of the situation, where it is not the same: of one actor, or of all.
NOEGLER = {
    "afdeling": "afdeling_id", "fortsaetter": "ophold_id", "ophold": "ophold_id", "plads": "plads_id", "tilbud": "tilbud_id", "aftale": "slug", "viste": "afdeling_id",
    "sekretariat@egen fejlmelding_id": "niveaufejl_id",
}  # fmt: skip
# Parts of an address that name no thing of an organisation's: an outcome, a kind of file, one-time keys, a provider, and the
# person's own passkeys and log-ins (tests/kommuner). A day is no id either, nor is a municipality's code.
INGEN_ID = {
    "til", "faktum", "udfald", "svar", "trin", "skridt", "afgoerelse", "form", "key", "uidb36", "noegle", "provider_id", "pk",
    "session_id", "fra", "aar", "sidste_dag", "dag", "kommune", "post_id", "type_", "kapitel",
}  # fmt: skip
# What views read out of a query or form themselves, besides the fields of their forms. True: it holds an id.
LAEST_I_VIEWS = {
    "aftale": True, "fortsaetter": True, "kkr": True, "plads": True, "tilbud": True, "tilknytning": True, "viste": True,
    # only which of the form's own choices is ticked beforehand: never looked up
    "valgt": False,
    # only which page of the actor's own list is shown: compared with its own alone
    "soegning": False,
    # a municipality's code, which all know; who may order about it: tests/rammeaftale/rapporter/kommunen
    "kommune": False,
    "aar": False, "afsnit": False, "alder": False, "efter": False, "email": False, "enhed": False, "foer": False, "grund": False, "halvaar": False,
    "next": False, "niveau": False, "nyt_id": False, "side": False, "skridt": False, "sorter": False, "tryk": False,
    "mod": False, "ny_noegle": False, "type": False, "ugedage": False, "version": False,
}  # fmt: skip
# Fields of forms that hold an id, and why one that does not exist needs no row above.
FELTER_MED_ID = {
    ("OpskrivningForm", "afdeling"): "a choice among the departments of the offer",
    ("NytBehovForm", "afdeling"): "a choice among the departments of the offer",
    ("NytBehovForm", "maalgruppe"): "as of the enquiry: a choice that is not in the list is an error at its field",
    ("IngenForm", "afdeling"): "as above",
    ("ReservationForm", "plads"): "in the table",
    ("ReservationForm", "fortsaetter"): "in the table",
    ("ReservationForm", "maalgruppe"): "a code list open to all; tests/sag/test_sider.py",
    ("VilkaarsvalgForm", "saet"): "a choice among the published sets, open to all who read agreements",
    ("VilkaarsvalgForm", "mod"): "as above",
    ("MeldForm", "afdeling"): "a choice among the departments of the offer",
    ("LukForm", "plads"): "a choice among the places of the department",
    ("BeslutningForm", "fravaer"): "a choice among the stay's own; tests/sag/ophold/test_fravaer.py",
    ("BeslutningForm", "plads"): "a choice among the offer's own; tests/sag/ophold",
    ("ForespoergselForm", "maalgruppe"): "as above; a choice that is not in the list is an error at its field",
    ("SoegeForm", "maalgruppe"): "as above; a choice that is not in the list is an error at its field",
    ("SoegeForm", "kkr"): "as above",
    ("SoegeForm", "fortsaetter"): "carried on unread to the reservation's check, which is in the table",
    ("ProeveForm", "visiteret"): "a choice among the offers the address names, which is in the table",
    ("ProeveForm", "oensket"): "as above",
    ("ValgForm", "afdeling"): "a choice among the departments the address names, which is in the table",
    ("NytBudgetForm", "tilbud"): "a choice among the operator's own; tests/takster/budget",
    ("FinansieringForm", "andre"): "a choice among the operator's own; tests/takster/finansiering",
    ("KlyngeForm", "maalgrupper"): "as above; tests/tilbud/klynger",
    ("AftaleForm", "forrige"): "a choice among the secretariat's own agreements",
    ("AftalebeslutningForm", "organ_id"): "a choice among the KKR's own; tests/rammeaftale/moeder",
    ("OvertagForm", "omraader"): "a choice among the previous agreement's own areas; tests/rammeaftale/fokus",
    ("OmraadeForm", "klausul_id"): "a choice among the agreement's own clauses; tests/rammeaftale/fokus",
    ("MilepaelForm", "ansvarlig_id"): "a choice among the agreement's own parties; tests/rammeaftale/fokus",
    ("VidenForm", "modtagere"): "a choice among the agreement's own parties; tests/rammeaftale/videndeling",
    ("UdmeldingForm", "maalgruppe_id"): "a code list open to all; tests/rammeaftale/udmeldinger",
    ("MedlemForm", "organisation_id"): "a choice among the KKR's own; tests/rammeaftale/organer",
    ("PaamindForm", "driftsherrer"): "a choice among those who lack something in the KKR; tests/takster/frister",
    ("UdfoertForm", "organisationer"): "a choice among those who owe the step; tests/rammeaftale/aarshjul",
    (
        "NyPartForm",
        "organisation_id",
    ): "a choice among all municipalities and regions, open to all; tests/rammeaftale/test_parter.py",
    ("AfslutPartForm", "efterfoelger_id"): "as above",
    ("SendForm", "beroerte"): "a choice among the agreement's own parties; tests/rammeaftale/test_trin.py",
    ("_MedTilbud", "kun_tilbud"): "a choice among the organisation's own; tests/kommuner/personer",
    ("InvitationForm", "kun_tilbud"): "as above",
    ("RolleForm", "kun_tilbud"): "as above",
    ("_VedTakst", "takst"): "a choice among the offer's published takster; tests/takster/prisblade",
    ("NiveauerForm", "takst"): "as above",
    ("TillaegForm", "takst"): "as above",
    ("PakkeForm", "takst"): "as above",
    ("PakkeForm", "andre"): "as above",
    ("NyKlausulForm", "aendrer"): "a choice among the main agreement's own clauses; tests/rammeaftale/tekst",
    ("OphaevForm", "ophaeves"): "as above",
    ("RetDelForm", "efter"): "a choice among the agreement's own parts; tests/rammeaftale/tekst",
}


TILFAELDE = laes(TABEL)


def send(sag: Tilfaelde, client: Client, egne: dict[str, str], id_: str) -> HttpResponse:
    """The page asked with this id in the parameter's place; what it changes is not kept."""
    sti = egne | {sag.navn: id_} if sag.sted == "sti" else egne
    url, _, _ = adresse(sag.rute, SIDER[sag.rute], sti).partition("?")
    get = udfyld(FORESPOERGSLER.get(sag.rute, {}), egne) | ({sag.navn: id_} if sag.sted == "get" else {})
    post = udfyld(FELTER.get(sag.rute, {}), egne) | ({sag.navn: id_} if sag.sted == "post" else {})
    with transaction.atomic():
        svar = client.post(url, post, query_params=get) if sag.metode == "POST" else client.get(url, get)
        transaction.set_rollback(True)
    return svar  # type: ignore[return-value]  # the test client's own subclass


def krop(svar: HttpResponse) -> list[str]:
    """The page's lines without the tokens that are new each time, and the seconds until the log-in ends."""
    return re.sub(r'\b[A-Za-z0-9]{64}\b|data-sekunder="\d+"', "", svar.getvalue().decode()).splitlines()


@pytest.fixture(scope="module")
def verdener(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Verdener]:
    """The people, what is theirs, and the second world."""
    with django_db_blocker.unblock(), engang(lambda: (brugere(), argumenter(), fremmede())) as alle:
        yield alle


@pytest.mark.django_db
@pytest.mark.parametrize("sag", TILFAELDE, ids=lambda sag: f"{sag.metode}-{sag.rute}-{sag.navn}")
def test_foreign_id_gets_the_answer_of_one_that_does_not_exist(sag: Tilfaelde, verdener: Verdener) -> None:
    folk, egne, andres = verdener
    bruger, noegle = folk[sag.hvem], NOEGLER.get(f"{sag.hvem} {sag.navn}", NOEGLER.get(sag.navn, sag.navn))
    assert bruger is not None
    client = Client()
    client.force_login(bruger)
    egne = egne | {"tilknytning": str(bruger.tilknytninger.get().id)}
    ukendt_id = "findes-ikke" if noegle == "slug" else str(uuid4())
    assert send(sag, client, egne, egne[noegle]).status_code not in {403, 404, 405}, "a control: one's own"
    ukendt = send(sag, client, egne, ukendt_id)
    assert ukendt.status_code in {400, 404}
    if not sag.aaben:
        for blandt in (egne, egne | andres):  # foreign among one's own, and foreign altogether
            fremmed = send(sag, client, blandt, andres[noegle])
            assert fremmed.status_code == ukendt.status_code
            assert krop(fremmed) == krop(ukendt)


def test_every_id_in_an_address_or_a_form_has_a_case() -> None:
    kendte = {(sag.rute, sag.metode, sag.sted, sag.navn) for sag in TILFAELDE}
    ventede = set()
    for raekke in raekker():
        for navn in set(SIDER[raekke.rute].pattern.regex.groupindex) - INGEN_ID:
            ventede.add((raekke.rute, raekke.metode, "sti", navn))
        sendt = [("get", FORESPOERGSLER)] if raekke.metode == "GET" else [("post", FELTER)]
        for sted, felter in sendt:
            ventede |= {
                (raekke.rute, raekke.metode, sted, navn)
                for navn, vaerdi in felter.get(raekke.rute, {}).items()
                if "{" in vaerdi.replace("{i_dag}", "") and navn not in INGEN_ID
            }
    assert ventede - kendte == set()


def felter_med_id() -> Iterator[tuple[str, str]]:
    """Every field of our forms that is read as an id or as one of the rows of a table."""
    klasser = [klasse for klasse in underklasser(Formular) if klasse.__module__.split(".")[0] in ETAGER]
    for klasse in klasser:
        for navn, felt in klasse.base_fields.items():
            if isinstance(felt, forms.UUIDField | forms.ModelChoiceField) or getattr(felt, "coerce", None) is UUID:
                yield klasse.__name__, navn


def test_every_field_that_holds_an_id_is_known() -> None:
    assert set(felter_med_id()) == set(FELTER_MED_ID)


def laest_i_views() -> Iterator[str]:
    """The names views read out of `request.GET` and `request.POST` themselves."""
    for fil in (fil for etage in ETAGER for fil in (ROD / etage).rglob("*views*.py")):
        for knude in ast.walk(ast.parse(fil.read_text())):
            if (
                isinstance(knude, ast.Call)
                and isinstance(knude.func, ast.Attribute)
                and knude.func.attr in {"get", "getlist"}
                and re.search(r"\.(GET|POST)\b|^data$", ast.unparse(knude.func.value))
                and isinstance(knude.args[0], ast.Constant)
            ):
                yield str(knude.args[0].value)


def test_every_name_a_view_reads_is_known() -> None:
    assert set(laest_i_views()) == set(LAEST_I_VIEWS)
    assert {navn for navn, er_id in LAEST_I_VIEWS.items() if er_id} <= {sag.navn for sag in TILFAELDE}
