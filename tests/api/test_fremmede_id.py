"""A foreign id in path, query or body of the API gets the very answer an id that does not exist gets."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from drift.tjek import OPENAPI
from kommuner.models import ApiKlient
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import FORESPOERGSLER, argumenter, kald, krop, set_igennem, systemer
from tests.fremmed import Tilfaelde, engang, fremmede, laes

Verdener = tuple[dict[str, ApiKlient], dict[str, str], dict[str, str]]
# Each parameter that holds an id; who sends it; "aaben" when everybody may see what it points at, so that only an id that
# does not exist is tried. Parameters stand as sti:… (path), soeg:… (query) or krop:… (body).
# sti                                                     metode parameter            hvem
TABEL = """
kommuner/{kommunekode}                                     GET   sti:kommunekode      myndighed@egen    aaben

tilbud                                                     GET   soeg:driftsherre     myndighed@egen    aaben
tilbud                                                     GET   soeg:maalgruppe      myndighed@egen    aaben
klynger                                                    GET   soeg:maalgruppe      myndighed@egen    aaben
tilbud/{tilbud_id}                                         GET   sti:tilbud_id        myndighed@egen    aaben
tilbud/{tilbud_id}/afdelinger                              GET   sti:tilbud_id        myndighed@egen    aaben
tilbud/{tilbud_id}/vilkaar                                 GET   sti:tilbud_id        myndighed@egen    aaben
afdelinger/{afdeling_id}/bekraeftelser                     POST  sti:afdeling_id      driftsherre@egen
pladser                                                    GET   soeg:tilbud          myndighed@egen    aaben
pladser                                                    GET   soeg:afdeling        myndighed@egen    aaben
lukninger                                                  GET   soeg:tilbud          myndighed@egen    aaben
lukninger                                                  GET   soeg:afdeling        myndighed@egen    aaben
pladser/{plads_id}                                         GET   sti:plads_id         myndighed@egen    aaben
pladser/{plads_id}                                         PUT   sti:plads_id         driftsherre@egen
importer/{import_id}                                       GET   sti:import_id        driftsherre@egen
importer/{import_id}/fejl                                  GET   sti:import_id        driftsherre@egen
importer/{import_id}/aendringer                            GET   sti:import_id        driftsherre@egen
importer/{import_id}/beslutninger                          POST  sti:import_id        driftsherre@egen
fejlmeldinger                                              POST  krop:tilbudId       myndighed@egen    aaben
fejlmeldinger                                              POST  krop:afdelingId     myndighed@egen    aaben
fejlmeldinger                                              POST  krop:klyngeId       myndighed@egen    aaben
fejlmeldinger                                              POST  krop:offentligtTilbudId myndighed@egen aaben
fejlmeldinger/{fejlmelding_id}                             GET   sti:fejlmelding_id   myndighed@egen
fejlmeldinger/{fejlmelding_id}/svar                        POST  sti:fejlmelding_id   driftsherre@egen
fejlmeldinger/{fejlmelding_id}/svar                        POST  sti:fejlmelding_id   sekretariat@egen
offentliggjorte-tilbud/{offentligt_id}                     GET   sti:offentligt_id    myndighed@egen    aaben
takster                                                    GET   soeg:tilbud          myndighed@egen    aaben
takster                                                    GET   soeg:afdeling        myndighed@egen    aaben
takster/{takst_id}/dokumentation                           GET   sti:takst_id         myndighed@egen    aaben
takster/{takst_id}/dokumentation                           POST  sti:takst_id         myndighed@egen    aaben
finansieringer                                             GET   soeg:tilbud          myndighed@egen    aaben
finansieringer/{finansiering_id}                           GET   sti:finansiering_id  driftsherre@egen
prisblade                                                  GET   soeg:tilbud          myndighed@egen    aaben
prisblade                                                  GET   soeg:afdeling        myndighed@egen    aaben
prisblade/{prisblad_id}                                    GET   sti:prisblad_id      driftsherre@egen
regnskaber                                                 GET   soeg:tilbud          driftsherre@egen  aaben
regnskaber/{regnskab_id}                                   GET   sti:regnskab_id      driftsherre@egen
scenarier                                                  GET   soeg:tilbud          driftsherre@egen  aaben
scenarier/{scenarie_id}                                    GET   sti:scenarie_id      driftsherre@egen
takstkontroller/{kontrol_id}                               GET   sti:kontrol_id       myndighed@egen
takstkontroller/{kontrol_id}/forskelle                     GET   sti:kontrol_id       myndighed@egen
takstberegninger                                           GET   soeg:tilbud          myndighed@egen    aaben
takstberegninger/{beregning_id}                            GET   sti:beregning_id     driftsherre@egen
takstberegninger/{beregning_id}/dokumentation              GET   sti:beregning_id     driftsherre@egen
takstberegninger/{beregning_id}/dokumentation              POST  sti:beregning_id     driftsherre@egen
takstdokumenter/{dokument_id}                              GET   sti:dokument_id      myndighed@egen
takstdokumenter/{dokument_id}/pdf                          GET   sti:dokument_id      myndighed@egen
ledige-pladser                                             GET   soeg:maalgruppe      myndighed@egen    aaben
soegninger                                                 POST  krop:kode            myndighed@egen    aaben
fritvalgsproever                                           POST  krop:visiteretId     myndighed@egen    aaben
fritvalgsproever                                           POST  krop:oensketId       myndighed@egen    aaben
fritvalgsproever/{proeve_id}                               GET   sti:proeve_id        myndighed@egen
fritvalgsproever/{proeve_id}/notat                         GET   sti:proeve_id        myndighed@egen
gemte-soegninger                                           POST  krop:kode            myndighed@egen    aaben
gemte-soegninger/{soegning_id}                             GET   sti:soegning_id      myndighed@egen
gemte-soegninger/{soegning_id}                             DELETE sti:soegning_id     myndighed@egen
sammenligninger                                            POST  krop:kode            myndighed@egen    aaben
sammenligninger                                            POST  krop:afdelinger      myndighed@egen    aaben
tilbudsvalg                                                POST  krop:kode            myndighed@egen    aaben
tilbudsvalg                                                POST  krop:afdelinger      myndighed@egen    aaben
tilbudsvalg                                                POST  krop:valgtAfdelingId myndighed@egen    aaben
tilbudsvalg/{valg_id}                                      GET   sti:valg_id          myndighed@egen
tilbudsvalg/{valg_id}/notat                                GET   sti:valg_id          myndighed@egen
udaekkede-behov                                            POST  krop:kode            myndighed@egen    aaben
udaekkede-behov/{behov_id}/tilbagetraekninger              POST  sti:behov_id         myndighed@egen

forespoergsler                                             POST  krop:tilbudIder      myndighed@egen    aaben
forespoergsler                                             POST  krop:maalgruppe      myndighed@egen    aaben
forespoergsler/{forespoergsel_id}                          GET   sti:forespoergsel_id myndighed@egen
forespoergsler/{forespoergsel_id}/svar                     GET   sti:forespoergsel_id driftsherre@egen
forespoergsler/{forespoergsel_id}/svar                     POST  sti:forespoergsel_id driftsherre@egen
forespoergsler/{forespoergsel_id}/svar                     POST  krop:henvendelseId   driftsherre@egen
forespoergsler/{forespoergsel_id}/beskeder                 GET   sti:forespoergsel_id driftsherre@egen
forespoergsler/{forespoergsel_id}/beskeder                 POST  sti:forespoergsel_id driftsherre@egen
forespoergsler/{forespoergsel_id}/beskeder                 POST  krop:henvendelseId   driftsherre@egen
forespoergsler/{aaben_forespoergsel_id}/pladstilbud        POST  sti:aaben_forespoergsel_id driftsherre@egen
forespoergsler/{aaben_forespoergsel_id}/pladstilbud        POST  krop:henvendelseId   driftsherre@egen
forespoergsler/{aaben_forespoergsel_id}/pladstilbud        POST  krop:afdelingId      driftsherre@egen
forespoergsler/{aaben_forespoergsel_id}/pladstilbud        POST  krop:pladsId         driftsherre@egen
pladstilbud/{pladstilbud_id}                               GET   sti:pladstilbud_id   myndighed@egen
pladstilbud/{pladstilbud_id}/beslutninger                  POST  sti:pladstilbud_id   myndighed@egen
ventelister                                                GET   soeg:tilbud          myndighed@egen    aaben
ventelister                                                POST  krop:tilbudId        driftsherre@egen
ventelister/{venteliste_id}                                GET   sti:venteliste_id    myndighed@egen    aaben
ventelister/{venteliste_id}/poster                         GET   sti:venteliste_id    myndighed@egen    aaben
ventelister/{venteliste_id}/poster                         POST  sti:venteliste_id    myndighed@egen
ventelister/{venteliste_id}/poster                         POST  krop:henvendelseId   myndighed@egen
ventelister/{venteliste_id}/poster                         POST  krop:afdelingId      myndighed@egen    aaben
ventelister/{venteliste_id}/tildelinger                    POST  sti:venteliste_id    driftsherre@egen
ventelister/{venteliste_id}/tildelinger                    POST  krop:henvendelseId   driftsherre@egen
ventelister/{venteliste_id}/tildelinger                    POST  krop:afdelingId      driftsherre@egen  aaben
ventelister/{venteliste_id}/tildelinger                    POST  krop:pladsId         driftsherre@egen
ventelister/{venteliste_id}/tildelinger                    POST  krop:postId          driftsherre@egen
ventelister/{venteliste_id}/afmeldinger                    POST  sti:venteliste_id    myndighed@egen
ventelister/{venteliste_id}/afmeldinger                    POST  krop:postId          myndighed@egen
ventelister/{venteliste_id}/alternativer                   POST  sti:venteliste_id    myndighed@egen
ventelister/{venteliste_id}/alternativer                   POST  krop:postId          myndighed@egen
ventelister/{venteliste_id}/alternativer                   POST  krop:tilbudId        myndighed@egen    aaben

ophold                                                     POST  krop:tilbudId        driftsherre@egen
ophold                                                     POST  krop:pladsId         driftsherre@egen  aaben
ophold                                                     POST  krop:postId          driftsherre@egen
ophold/{ophold_id}                                         GET   sti:ophold_id        myndighed@egen
ophold/{ophold_id}/beslutninger                            GET   sti:ophold_id        driftsherre@egen
ophold/{ophold_id}/beslutninger                            POST  sti:ophold_id        driftsherre@egen
ophold/{ophold_id}/beslutninger                            POST  krop:pladsId         driftsherre@egen  aaben
ophold/{ophold_id}/beslutninger                            POST  krop:fravaerId       driftsherre@egen
ophold/{ophold_id}/fravaer                                 GET   sti:ophold_id        driftsherre@egen
placeringsaftaler                                          POST  krop:opholdId        myndighed@egen
placeringsaftaler                                          POST  krop:reservationId   myndighed@egen
placeringsaftaler/{placeringsaftale_id}                    GET   sti:placeringsaftale_id myndighed@egen
placeringsaftaler/{placeringsaftale_id}                    PUT   sti:placeringsaftale_id myndighed@egen
placeringsaftaler/{placeringsaftale_id}/beslutninger       POST  sti:placeringsaftale_id driftsherre@egen
placeringsaftaler/{godkendt_aftale_id}/dokument            GET   sti:godkendt_aftale_id myndighed@egen
reservationer/{bekraeftet_reservation_id}/ophold           POST  sti:bekraeftet_reservation_id driftsherre@egen
reservationer                                              POST  krop:afdelingId      myndighed@egen    aaben
reservationer                                              POST  krop:fortsaetterOpholdId myndighed@egen

reservationer                                              POST  krop:pladsId         myndighed@egen    aaben
reservationer                                              POST  krop:maalgruppe      myndighed@egen    aaben
reservationer/{reservation_id}                             GET   sti:reservation_id   myndighed@egen
reservationer/{reservation_id}/beslutninger                GET   sti:reservation_id   driftsherre@egen
reservationer/{reservation_id}/beslutninger                POST  sti:reservation_id   driftsherre@egen
reservationer/{reservation_id}/beslutninger                POST  krop:postId          driftsherre@egen

rammeaftaler/{aftale_id}                                   GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}                                   PUT   sti:aftale_id        sekretariat@egen
rammeaftaler/{aftale_id}/versioner                         GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/versioner/{version_id}/dele       GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/versioner/{version_id}/dele       GET   sti:version_id       myndighed@egen
rammeaftaler/{aftale_id}/versioner/{version_id}/klausuler  GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/versioner/{version_id}/klausuler  GET   sti:version_id       myndighed@egen
rammeaftaler/{aftale_id}/vilkaar                           GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/vilkaarssaet                      GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/trin                              GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/parter                            GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/parter                            POST  sti:aftale_id        sekretariat@egen
rammeaftaler/{aftale_id}/parter                            POST  krop:organisationId  sekretariat@egen  aaben
rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser     GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser     GET   sti:part_id          myndighed@egen
rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser     POST  sti:aftale_id        sekretariat@egen
rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser     POST  sti:part_id          sekretariat@egen
rammeaftaler/{aftale_id}/parter/{part_id}/afslutninger     POST  sti:aftale_id        sekretariat@egen
rammeaftaler/{aftale_id}/parter/{part_id}/afslutninger     POST  sti:part_id          sekretariat@egen
rammeaftaler/{aftale_id}/parter/{part_id}/afslutninger     POST  krop:efterfoelgerId  sekretariat@egen  aaben
rammeaftaler/{udkast_id}/parter/{udkastpart_id}/fjernelser POST  sti:udkast_id        sekretariat@egen
rammeaftaler/{udkast_id}/parter/{udkastpart_id}/fjernelser POST  sti:udkastpart_id    sekretariat@egen
rammeaftaler/{aftale_id}/fokusomraader                     GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/fokusomraader                     POST  sti:aftale_id        sekretariat@egen
rammeaftaler/{aftale_id}/fokusomraader                     POST  krop:klausulId       sekretariat@egen
rammeaftaler/{aftale_id}/fokusomraader/overtagelser        POST  sti:aftale_id        sekretariat@egen
rammeaftaler/{aftale_id}/fokusomraader/overtagelser        POST  krop:omraader        sekretariat@egen
fokusomraader/{fokusomraade_id}                            GET   sti:fokusomraade_id  myndighed@egen
fokusomraader/{fokusomraade_id}                            PUT   sti:fokusomraade_id  sekretariat@egen
fokusomraader/{fokusomraade_id}                            PUT   krop:klausulId       sekretariat@egen
fokusomraader/{fokusomraade_id}                            DELETE sti:fokusomraade_id sekretariat@egen
fokusomraader/{fokusomraade_id}/indsatser                  POST  sti:fokusomraade_id  sekretariat@egen
fokusomraader/{overtaget_id}/gennemsyn                     POST  sti:overtaget_id     sekretariat@egen
fokusomraader/{overtaget_id}/gennemsyn                     POST  krop:milepaelId      sekretariat@egen
indsatser/{indsats_id}                                     GET   sti:indsats_id       myndighed@egen
indsatser/{indsats_id}                                     PUT   sti:indsats_id       sekretariat@egen
indsatser/{indsats_id}                                     DELETE sti:indsats_id      sekretariat@egen
indsatser/{indsats_id}/milepaele                           POST  sti:indsats_id       sekretariat@egen
indsatser/{indsats_id}/milepaele                           POST  krop:ansvarligId     sekretariat@egen
milepaele/{milepael_id}                                    GET   sti:milepael_id      myndighed@egen
milepaele/{milepael_id}                                    PUT   sti:milepael_id      sekretariat@egen
milepaele/{milepael_id}                                    PUT   krop:ansvarligId     sekretariat@egen
milepaele/{milepael_id}                                    DELETE sti:milepael_id     sekretariat@egen
milepaele/{milepael_id}/meldinger                          GET   sti:milepael_id      myndighed@egen
milepaele/{milepael_id}/meldinger                          POST  sti:milepael_id      myndighed@egen
organer/{organ_id}                                         GET   sti:organ_id         myndighed@egen
rammeaftaler/{aftale_id}/udmeldinger                       GET   sti:aftale_id        myndighed@egen
rammeaftaler/{aftale_id}/udmeldinger                       POST  sti:aftale_id        sekretariat@egen
rammeaftaler/{aftale_id}/udmeldinger                       POST  krop:maalgruppeId    sekretariat@egen  aaben
udmeldinger/{udmelding_id}                                 GET   sti:udmelding_id     myndighed@egen
udmeldinger/{udmelding_id}                                 PUT   sti:udmelding_id     sekretariat@egen
udmeldinger/{udmelding_id}                                 PUT   krop:maalgruppeId    sekretariat@egen  aaben
udmeldinger/{udmelding_id}                                 DELETE sti:udmelding_id    sekretariat@egen
udmeldinger/{udmelding_id}/annulleringer                   POST  sti:udmelding_id     sekretariat@egen
udmeldinger/{udmelding_id}/svar                            GET   sti:udmelding_id     myndighed@egen
udmeldinger/{udmelding_id}/svar/{part_id}                  GET   sti:udmelding_id     myndighed@egen
udmeldinger/{udmelding_id}/svar/{part_id}                  GET   sti:part_id          myndighed@egen
udmeldinger/{udmelding_id}/svar/{part_id}                  PUT   sti:udmelding_id     sekretariat@egen
udmeldinger/{udmelding_id}/svar/{part_id}                  PUT   sti:part_id          sekretariat@egen
udmeldinger/{udmelding_id}/rapporter                       GET   sti:udmelding_id     myndighed@egen
udmeldinger/{udmelding_id}/rapporter                       POST  sti:udmelding_id     sekretariat@egen
udmeldingsrapporter/{udmeldingsrapport_id}                 GET   sti:udmeldingsrapport_id sekretariat@egen
udmeldingsrapporter/{udmeldingsrapport_id}/pdf             GET   sti:udmeldingsrapport_id sekretariat@egen
udmeldinger/{udmelding_id}/haendelser                      POST  sti:udmelding_id     sekretariat@egen
udmeldinger/{udmelding_id}/haendelser                      POST  krop:tilbudId        sekretariat@egen
udmeldingshaendelser/{faktum_id}/annulleringer             POST  sti:faktum_id        sekretariat@egen
organer/{organ_id}/fjernelser                              POST  sti:organ_id         sekretariat@egen
organer/{organ_id}/medlemmer/{organmedlem_id}/fjernelser   POST  sti:organ_id         sekretariat@egen
organer/{organ_id}/medlemmer/{organmedlem_id}/fjernelser   POST  sti:organmedlem_id   sekretariat@egen
organer/{organ_id}/moeder                                  GET   sti:organ_id         myndighed@egen
hoeringer                                                  GET   soeg:rammeaftaleId   myndighed@egen
hoeringer                                                  POST  krop:rammeaftaleId   sekretariat@egen
hoeringer/{hoering_id}                                     GET   sti:hoering_id       myndighed@egen
hoeringer/{hoering_id}                                     PUT   sti:hoering_id       sekretariat@egen
hoeringer/{hoering_id}                                     DELETE sti:hoering_id      sekretariat@egen
hoeringer/{hoering_id}/beslutninger                        POST  sti:hoering_id       sekretariat@egen
hoeringer/{hoering_id}/modtagere                           POST  sti:hoering_id       sekretariat@egen
hoeringer/{hoering_id}/modtagere/{modtager_id}/postkasse   POST  sti:hoering_id       sekretariat@egen
hoeringer/{hoering_id}/modtagere/{modtager_id}/postkasse   POST  sti:modtager_id      sekretariat@egen
hoeringer/{hoering_id}/modtagere/{modtager_id}/beslutninger POST sti:hoering_id       sekretariat@egen
hoeringer/{hoering_id}/modtagere/{modtager_id}/beslutninger POST sti:modtager_id      sekretariat@egen
hoeringer/{hoering_id}/notater                             GET   sti:hoering_id       myndighed@egen
hoeringer/{hoering_id}/notater                             POST  sti:hoering_id       sekretariat@egen
hoeringer/{hoering_id}/notater/{notat_id}                  GET   sti:hoering_id       myndighed@egen
hoeringer/{hoering_id}/notater/{notat_id}                  GET   sti:notat_id         myndighed@egen
hoeringer/{hoering_id}/notater/{notat_id}/pdf              GET   sti:hoering_id       myndighed@egen
hoeringer/{hoering_id}/notater/{notat_id}/pdf              GET   sti:notat_id         myndighed@egen
hoeringer/{hoering_id}/svar                                GET   sti:hoering_id       myndighed@egen
hoeringer/{hoering_id}/filer/{fil_id}                      GET   sti:hoering_id       myndighed@egen
hoeringer/{hoering_id}/filer/{fil_id}                      GET   sti:fil_id           myndighed@egen
hoeringer/{hoering_id}/filer/{fil_id}/vurderinger         GET   sti:hoering_id       sekretariat@egen
hoeringer/{hoering_id}/filer/{fil_id}/vurderinger         POST  sti:hoering_id       sekretariat@egen
hoeringer/{hoering_id}/filer/{fil_id}/vurderinger         GET   sti:fil_id           sekretariat@egen
hoeringer/{hoering_id}/filer/{fil_id}/vurderinger         POST  sti:fil_id           sekretariat@egen
hoeringer/{hoering_id}/bemaerkninger/{bemaerkning_id}/behandlinger GET sti:hoering_id myndighed@egen
hoeringer/{hoering_id}/bemaerkninger/{bemaerkning_id}/behandlinger GET sti:bemaerkning_id myndighed@egen
hoeringer/{hoering_id}/bemaerkninger/{bemaerkning_id}/behandlinger POST sti:hoering_id sekretariat@egen
hoeringer/{hoering_id}/bemaerkninger/{bemaerkning_id}/behandlinger POST sti:bemaerkning_id sekretariat@egen
rapporter                                                  GET   soeg:rammeaftaleId   myndighed@egen
rapporter                                                  POST  krop:rammeaftaleId   sekretariat@egen
rapporter/{rapport_id}                                     GET   sti:rapport_id       myndighed@egen
rapporter/{rapport_id}/pdf                                 GET   sti:rapport_id       myndighed@egen
rammeaftaler/{aftale_id}/rapporttekster                    GET   sti:aftale_id        sekretariat@egen
rammeaftaler/{aftale_id}/rapporttekster/{type}/{kapitel}   GET   sti:aftale_id        sekretariat@egen
rammeaftaler/{aftale_id}/rapporttekster/{type}/{kapitel}   PUT   sti:aftale_id        sekretariat@egen
rapporter/{rapport_id}/tal                                 GET   sti:rapport_id       myndighed@egen
rapporter/{rapport_id}/forskelle/{foer_id}                 GET   sti:rapport_id       myndighed@egen
rapporter/{rapport_id}/forskelle/{foer_id}                 GET   sti:foer_id          myndighed@egen
rapporter/{rapport_id}/udgivelser                          POST  sti:rapport_id       sekretariat@egen
rapporter/{rapport_id}/tilbagetraekninger                  POST  sti:rapport_id       sekretariat@egen
"""
# What a parameter is called among the ids of the situation, in one operation or route, of one system, or of all; one that is not there has
# no id of its own.
NOEGLER = {
    "hoeringer rammeaftaleId": "udkast_id",
    "rammeaftaler/{aftale_id} aftale_id": "udkast_id",
    "DELETE hoeringer/{hoering_id} hoering_id": "hoeringskladde_id",
    "rapporter/{rapport_id}/tilbagetraekninger rapport_id": "udgivet_id",
    "organisationId": "ny_part_id",
    "efterfoelgerId": "ny_part_id",
    "sekretariat@egen fejlmelding_id": "niveaufejl_id",
    "forespoergsler/{aaben_forespoergsel_id}/pladstilbud henvendelseId": "aaben_henvendelse_id",
    "forespoergsler/{aaben_forespoergsel_id}/pladstilbud afdelingId": "bor_afdeling_id",
    "forespoergsler/{aaben_forespoergsel_id}/pladstilbud pladsId": "flytteplads_id",
    "ophold/{ophold_id}/beslutninger pladsId": "flytteplads_id",
    "fravaerId": "fravaer_id",
    "fortsaetterOpholdId": "ophold_id",
    "opholdId": "ophold_id",
    "reservationId": "bekraeftet_reservation_id",
    "pladsId": "plads_id",
    "henvendelseId": "henvendelse_id",
    "postId": "ventelistepost_id",
    "ventelister/{venteliste_id}/alternativer tilbudId": "andet_tilbud_id",
    "tilbudIder": "tilbud_id",
    "ansvarligId": "organisation_id",
    "klausulId": "klausul_id",
    "milepaelId": "overtaget_milepael_id",
    "omraader": "tidligere_omraade_id",
    "rammeaftaleId": "aftale_id",
    "tilbudId": "tilbud_id",
    "klyngeId": "klynge_id",
    "offentligtTilbudId": "offentligt_id",
    "tilbud": "tilbud_id",
    "afdeling": "afdeling_id",
    "afdelingId": "afdeling_id",
    "visiteretId": "visiteret_id",
    "oensketId": "oensket_id",
}


def forbigaaet(id_: str) -> dict[str, Any]:
    """That this entry of a waiting list is passed over."""
    return {"forbigaaede": [{"postId": id_, "grund": "passer_ikke"}]}


# Where in a body the parameter stands, when it is not a key of its own; of one route, or of all.
INDPAK: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "ophold/{ophold_id}/beslutninger pladsId": lambda id_: {
        "udfald": "flyt",
        "pladsId": id_,
        "dato": fabrik.om(8).isoformat(),
        "fravaersart": None,
        "til": None,
    },
    "fravaerId": lambda id_: {"udfald": "annuller_fravaer", "grund": "fejlregistreret", "fravaerId": id_},
    "udmeldinger/{udmelding_id}/haendelser tilbudId": lambda id_: {"art": "midlertidigt_paalaeg", "tilbudId": id_},
    "fortsaetterOpholdId": lambda id_: {"fortsaetterOpholdId": id_, "fra": fabrik.om(8).isoformat()},
    "reservationId": lambda id_: {"opholdId": None, "reservationId": id_},
    "kode": lambda id_: {"maalgrupper": [{"kode": id_}]},
    "fejlmeldinger klyngeId": lambda id_: {"tilbudId": None, "klyngeId": id_, "faktum": "navn"},
    "fejlmeldinger offentligtTilbudId": lambda id_: {"tilbudId": None, "offentligtTilbudId": id_, "faktum": "navn"},
    "fejlmeldinger afdelingId": lambda id_: {"afdelingId": id_, "faktum": "pladser"},
    "reservationer afdelingId": lambda id_: {"pladsId": None, "afdelingId": id_},
    "ventelister/{venteliste_id}/tildelinger postId": forbigaaet,
    "reservationer/{reservation_id}/beslutninger postId": forbigaaet,
    "ophold postId": forbigaaet,
    "tilbudIder": lambda id_: {"tilbudIder": [id_]},
    "milepaelId": set_igennem,
    "omraader": lambda id_: {"omraader": [id_]},
    "afdelinger": lambda id_: {"afdelinger": [id_, str(uuid4())]},
}


TILFAELDE = laes(TABEL)


def send(sag: Tilfaelde, client: Client, egne: dict[str, str], id_: str | None) -> Any:
    """The operation called with this id in the parameter's place (None: as it is); what it changes is not kept."""

    def her(sted: str) -> dict[str, Any]:
        if id_ is None or sag.sted != sted:
            return {}
        indpak = INDPAK.get(f"{sag.rute} {sag.navn}", INDPAK.get(sag.navn))
        return indpak(id_) if indpak else {sag.navn: id_}

    url = f"/api/v1/{sag.rute.format(**egne | her('sti'))}"
    with transaction.atomic():
        data, soeg = krop(sag.rute, egne) | her("krop"), FORESPOERGSLER.get(sag.rute, {}) | her("soeg")
        svar: Any = kald(client, sag.metode, sag.rute, url, data, soeg)
        transaction.set_rollback(True)
    return svar


def uden_forekomst(svar: Any) -> dict[str, Any]:
    """The problem without what names this very request."""
    return {**svar.json(), "instance": ""}


@pytest.fixture(scope="module")
def verdener(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Verdener]:
    """The systems, what is theirs, and the second world."""
    with django_db_blocker.unblock(), engang(lambda: (alle := systemer(), argumenter(alle), fremmede())) as alle:
        yield alle


@pytest.mark.django_db
@pytest.mark.parametrize("sag", TILFAELDE, ids=lambda sag: f"{sag.metode}-{sag.rute}-{sag.navn}")
def test_foreign_id_gets_the_answer_of_one_that_does_not_exist(sag: Tilfaelde, verdener: Verdener) -> None:
    systemerne, egne, andres = verdener
    client = klienter.client(systemerne[sag.hvem])
    kaldt = (f"{sag.metode} {sag.rute} {sag.navn}", f"{sag.rute} {sag.navn}", f"{sag.hvem} {sag.navn}", sag.navn)
    noegle = next((NOEGLER[navn] for navn in kaldt if navn in NOEGLER), sag.navn)
    assert send(sag, client, egne, egne.get(noegle)).status_code < 300, "a control: one's own"
    ukendt = send(sag, client, egne, "9999" if noegle == "kommunekode" else str(uuid4()))
    if ukendt.status_code == 200:
        assert sag.aaben
        assert ukendt.json()["resultater"] == []
    else:
        assert ukendt.status_code in {400, 404}
    if not sag.aaben:
        for blandt in (egne, egne | andres):  # foreign among one's own, and foreign altogether
            if sag.sted == "krop":  # a foreign path, or another id of the body, has an answer of its own
                ukendt = send(sag, client, blandt, str(uuid4()))
            fremmed = send(sag, client, blandt, andres[noegle])
            assert (fremmed.status_code, uden_forekomst(fremmed)) == (ukendt.status_code, uden_forekomst(ukendt))


@pytest.mark.django_db
@pytest.mark.parametrize("sag", [sag for sag in TILFAELDE if sag.sted != "sti"], ids=lambda sag: sag.navn)
def test_id_that_is_none_at_all_is_refused(sag: Tilfaelde, verdener: Verdener) -> None:
    systemerne, egne, _ = verdener
    client = klienter.client(systemerne[sag.hvem])
    svar = send(sag, client, egne, "1 or 1=1")
    assert svar.status_code == 400
    assert svar.json()["errors"] or svar.json()["code"] == "ugyldig_id"


KODER = ("type", "kapitel")  # in a path: the platform's own words, the same to everybody


def parametre() -> Iterator[tuple[str, str, str, str]]:
    """Every parameter of the API that holds an id: all parts of paths, and what is a UUID in a query or a body."""
    dokument = json.loads(OPENAPI.read_text())
    skemaer = dokument["components"]["schemas"]
    for sti, metoder in dokument["paths"].items():
        for metode, operation in metoder.items():
            hvor = (sti.removeprefix("/api/v1/"), metode.upper())
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    if parameter["schema"]["type"] != "integer" and parameter["name"] not in KODER:  # a year is no id
                        yield *hvor, "sti", parameter["name"]
                elif parameter["in"] == "query" and er_id(parameter["schema"]):
                    yield *hvor, "soeg", parameter["name"]
            skema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            for navn in felter_med_id(skema, skemaer):
                yield *hvor, "krop", navn


def er_id(skema: Mapping[str, Any]) -> bool:
    """Whether a schema is a UUID, or a list of them."""
    return skema.get("format") == "uuid" or skema.get("items", {}).get("format") == "uuid"


def felter_med_id(skema: Mapping[str, Any], skemaer: Mapping[str, Any]) -> Iterator[str]:
    """The properties of a body that are ids, however deep."""
    skema = skemaer[skema["$ref"].rsplit("/", 1)[1]] if "$ref" in skema else skema
    for del_ in (*skema.get("allOf", ()), *skema.get("oneOf", ()), *skema.get("anyOf", ())):
        yield from felter_med_id(del_, skemaer)
    for navn, felt in skema.get("properties", {}).items():
        if er_id(felt):
            yield navn
        yield from felter_med_id(felt, skemaer)
        yield from felter_med_id(felt.get("items", {}), skemaer)


def test_every_parameter_that_holds_an_id_has_a_case() -> None:
    fundne = set(parametre())
    assert ("rapporter", "POST", "krop", "rammeaftaleId") in fundne
    assert ("pladser", "GET", "soeg", "tilbud") in fundne
    assert fundne == {(sag.rute, sag.metode, sag.sted, sag.navn) for sag in TILFAELDE}
