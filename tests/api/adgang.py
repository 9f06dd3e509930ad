"""Every operation of the API and what each kind of client gets; the addresses are filled from one situation."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import URLPattern

from config import api
from faelles.aktoer import Funktion, Rettighed
from faelles.tid import Periode
from kommuner.models import ApiKlient
from kommuner.queries import aktoer_for_klient
from kommuner.roller import KLIENTRETTIGHEDER
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.udmeldinger.regler import Udmeldingsart
from reservationer.sag.aftaler.apiformer import NOEGLER
from takster.kontrol.actions import bestil as bestil_kontrol
from tests import fabrik
from tests.adgangstabel import Raekke, Sprog
from tests.api import klienter
from tests.rammeaftale.fokus.situationer import indsats, kan_fortsaette, milepael, omraade, overtaget
from tests.rammeaftale.hoering.situationer import hoeringens_id
from tests.rammeaftale.organer.situationer import organ
from tests.rammeaftale.udmeldinger.situationer import med_rapport, sket, udmelding
from tests.sag.aftaler.situationer import aftalt, indhold, med_dokument
from tests.sag.aftaler.situationer import kladde as aftalekladde
from tests.sag.ophold.situationer import meldt_fravaer
from tests.sider import aftale_med_klausul, faerdig_rapport, organisation, udgivet_rapport
from tests.soegning.fritvalg.situationer import botilbud, med_notat, proeve
from tests.soegning.valg.situationer import med_notat as med_valgnotat
from tests.soegning.valg.situationer import sammenlignet, valg
from tests.takster.budget.situationer import budget
from tests.takster.budget.test_regneark import bog as budgetbog
from tests.takster.budget.test_regneark import hele as budgetraekker
from tests.takster.dokumenter.situationer import med_fil
from tests.takster.fastsaettelse.situationer import beregnet, offentliggjort, scenarie
from tests.takster.finansiering.situationer import offentliggjort as finansiering_offentliggjort
from tests.takster.prisblade.situationer import offentliggjort as prisblad_offentliggjort
from tests.takster.regnskab.situationer import afsluttet
from tests.takster.regnskab.test_regneark import bog as regnskabsbog
from tests.takster.regnskab.test_regneark import hele as regnskabsraekker
from tests.tilbud.bekraeftelser.situationer import set_som_nu
from tests.tilbud.registerimport.situationer import kladde
from tests.venteliste.situationer import med_venteliste, venter
from tilbud.models import Afdeling
from tilbud.registerimport.api import XLSX

# Each function a system can act in, and the organisation it is tried for at each place (see tests.adgangstabel).
# funktion   egen             nabo    fremmed
_SYSTEMER = """
myndighed    Rødovre          Herlev  Odense
driftsherre  Gladsaxe         Herlev  Odense
sekretariat  KKR_Hovedstaden  -       KKR_Syddanmark
"""
SYSTEMER = {
    f"{funktion}@{sted}": (Funktion(funktion), navn.replace("_", " "))
    for funktion, *steder in (linje.split() for linje in _SYSTEMER.strip().splitlines())
    for sted, navn in zip(("egen", "nabo", "fremmed"), steder, strict=True)
    if navn != "-"
}
GRUPPER = {"sagssystemer": "myndighed driftsherre"}
# intet: no token; ukendt: a token of an application that belongs to no organisation; scope: every function in every
# place, with all the scopes it can have but the one the operation needs; resten: with that one too.
SPROG = Sprog(faste=("intet", "ukendt", "scope"), aktoerer=tuple(SYSTEMER), grupper=GRUPPER)

# sti                                                     metode intet ukendt scope resten undtagelser, den sidste gælder
TABEL = """
kommuner                                                   GET   401   401    403   200
kommuner/{kommunekode}                                     GET   401   401    403   200

klassifikationer/maalgrupper                               GET   401   401    403   200
klassifikationer/hjemler                                   GET   401   401    403   200
tilbud                                                     GET   401   401    403   200
tilbud/{tilbud_id}                                         GET   401   401    403   200
tilbud/{tilbud_id}/afdelinger                              GET   401   401    403   200
tilbud/{tilbud_id}/vilkaar                                 GET   401   401    403   200
afdelinger/{afdeling_id}/bekraeftelser                     POST  401   401    403   403   404: driftsherre  201: driftsherre@egen
pladser                                                    GET   401   401    403   200
pladser/{plads_id}                                         GET   401   401    403   200
pladser/{plads_id}                                         PUT   401   401    403   403   404: driftsherre  202: driftsherre@egen
importer                                                   GET   401   401    403   403   200: driftsherre
importer                                                   POST  401   401    403   403   202: driftsherre
importer/{import_id}                                       GET   401   401    403   403   404: driftsherre  200: driftsherre@egen
importer/{import_id}/fejl                                  GET   401   401    403   403   404: driftsherre  200: driftsherre@egen
importer/{import_id}/aendringer                            GET   401   401    403   403   404: driftsherre  200: driftsherre@egen
importer/{import_id}/beslutninger                          POST  401   401    403   403   404: driftsherre  201: driftsherre@egen
klynger                                                    GET   401   401    403   200
lukninger                                                  GET   401   401    403   200
fejlmeldinger                                              GET   401   401    403   200
fejlmeldinger                                              POST  401   401    403   201
fejlmeldinger/{fejlmelding_id}                             GET   401   401    403   404   200: myndighed@egen driftsherre@egen
fejlmeldinger/{fejlmelding_id}/svar                        POST  401   401    403   404   409: myndighed@egen  201: driftsherre@egen
offentliggjorte-tilbud                                     GET   401   401    403   200
offentliggjorte-tilbud/{offentligt_id}                     GET   401   401    403   200
offentliggjorte-priser                                     GET   401   401    403   200
takster                                                    GET   401   401    403   200
takster/{takst_id}/dokumentation                           GET   401   401    403   200
takster/{takst_id}/dokumentation                           POST  401   401    403   202
finansieringer                                             GET   401   401    403   200
finansieringer/{finansiering_id}                           GET   401   401    403   200
prisblade                                                  GET   401   401    403   200
prisblade/{prisblad_id}                                    GET   401   401    403   200
takstvaekst/{aar}                                          GET   401   401    403   403   200: sekretariat
takstvaekst/{aar}/udeladte                                 GET   401   401    403   403   200: sekretariat
prisudvikling/{aar}                                        GET   401   401    403   403   200: sekretariat
regnskaber                                                 GET   401   401    403   200
regnskaber/{regnskab_id}                                   GET   401   401    403   404   200: driftsherre@egen sekretariat@egen
budgetproever                                              POST  401   401    403   403   200: driftsherre
budgetimporter                                             POST  401   401    403   403   400: driftsherre  201: driftsherre@egen
regnskabsproever                                           POST  401   401    403   403   200: driftsherre
regnskabsimporter                                          POST  401   401    403   403   400: driftsherre  201: driftsherre@egen
scenarier                                                  GET   401   401    403   200
scenarier/{scenarie_id}                                    GET   401   401    403   404   200: driftsherre@egen
takstkontroller                                            GET   401   401    403   200
takstkontroller                                            POST  401   401    403   202
takstkontroller/{kontrol_id}                               GET   401   401    403   404   200: myndighed@egen
takstkontroller/{kontrol_id}/forskelle                     GET   401   401    403   404   200: myndighed@egen
takstberegninger                                           GET   401   401    403   200
takstberegninger/{beregning_id}                            GET   401   401    403   200
takstberegninger/{beregning_id}/dokumentation              GET   401   401    403   200
takstberegninger/{beregning_id}/dokumentation              POST  401   401    403   202
takstdokumenter/{dokument_id}                              GET   401   401    403   404   200: myndighed@egen
takstdokumenter/{dokument_id}/pdf                          GET   401   401    403   404   200: myndighed@egen
ledige-pladser                                             GET   401   401    403   200
soegninger                                                 POST  401   401    403   200
udaekkede-behov                                            GET   401   401    403   403   200: myndighed
udaekkede-behov                                            POST  401   401    403   403   201: myndighed
gemte-soegninger                                           GET    401   401    403   403   200: myndighed
gemte-soegninger                                           POST   401   401    403   403   201: myndighed
gemte-soegninger/{soegning_id}                             GET    401   401    403   403   404: myndighed  200: myndighed@egen
gemte-soegninger/{soegning_id}                             DELETE 401   401    403   403   404: myndighed  204: myndighed@egen
udaekkede-behov/{behov_id}/tilbagetraekninger              POST   401   401    403   403   404: myndighed  201: myndighed@egen
fritvalgsproever                                           GET   401   401    403   403   200: myndighed
fritvalgsproever                                           POST  401   401    403   403   201: myndighed
fritvalgsproever/{proeve_id}                               GET   401   401    403   403   404: myndighed  200: myndighed@egen
fritvalgsproever/{proeve_id}/notat                         GET   401   401    403   403   404: myndighed  200: myndighed@egen
sammenligninger                                            POST  401   401    403   200
tilbudsvalg                                                GET   401   401    403   403   200: myndighed
tilbudsvalg                                                POST  401   401    403   403   201: myndighed
tilbudsvalg/{valg_id}                                      GET   401   401    403   403   404: myndighed  200: myndighed@egen
tilbudsvalg/{valg_id}/notat                                GET   401   401    403   403   404: myndighed  200: myndighed@egen
behovsopgoerelser                                          GET   401   401    403   403   200: sekretariat

forespoergsler                                             GET   401   401    403   403   200: sagssystemer
forespoergsler                                             POST  401   401    403   403   201: myndighed
forespoergsler/{forespoergsel_id}                          GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
forespoergsler/{forespoergsel_id}/svar                     GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
forespoergsler/{forespoergsel_id}/svar                     POST  401   401    403   403   404: sagssystemer  409: myndighed@egen  201: driftsherre@egen
forespoergsler/{forespoergsel_id}/beskeder                 GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
forespoergsler/{forespoergsel_id}/beskeder                 POST  401   401    403   403   404: sagssystemer  201: sagssystemer@egen
forespoergsler/{aaben_forespoergsel_id}/pladstilbud        POST  401   401    403   403   404: sagssystemer  403: myndighed@egen  201: driftsherre@egen
pladstilbud                                                GET   401   401    403   403   200: sagssystemer
pladstilbud/{pladstilbud_id}                               GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
pladstilbud/{pladstilbud_id}/beslutninger                  POST  401   401    403   403   404: sagssystemer  409: driftsherre@egen  201: myndighed@egen
ventelister                                                GET   401   401    403   403   200: sagssystemer
ventelister                                                POST  401   401    403   403   404: driftsherre  201: driftsherre@egen
ventelister/{venteliste_id}                                GET   401   401    403   403   200: sagssystemer
ventelisteopgoerelser                                      GET   401   401    403   403   200: myndighed
svartider                                                  GET   401   401    403   403   200: sagssystemer
svartidsopgoerelser                                        GET   401   401    403   403   200: sekretariat
ventelistetal                                              GET   401   401    403   403   200: sekretariat
ventelister/{venteliste_id}/poster                         GET   401   401    403   403   200: sagssystemer
ventelister/{venteliste_id}/poster                         POST  401   401    403   403   404: myndighed  201: myndighed@egen
ventelister/{venteliste_id}/tildelinger                    POST  401   401    403   403   404: driftsherre  201: driftsherre@egen
ventelister/{venteliste_id}/afmeldinger                    POST  401   401    403   403   404: myndighed  201: myndighed@egen
ventelister/{venteliste_id}/alternativer                   POST  401   401    403   403   404: myndighed  201: myndighed@egen

ophold                                                     GET   401   401    403   403   200: sagssystemer
ophold                                                     POST  401   401    403   403   404: driftsherre  201: driftsherre@egen
ophold/{ophold_id}                                         GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
ophold/{ophold_id}/beslutninger                            GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
ophold/{ophold_id}/beslutninger                            POST  401   401    403   403   404: sagssystemer  201: sagssystemer@egen
ophold/{ophold_id}/fravaer                                 GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
reservationer/{bekraeftet_reservation_id}/ophold           POST  401   401    403   403   404: driftsherre  201: driftsherre@egen
placeringsaftaler                                          GET   401   401    403   403   200: sagssystemer
placeringsaftaler                                          POST  401   401    403   403   404: sagssystemer  201: sagssystemer@egen
placeringsaftaler/{placeringsaftale_id}                    GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
placeringsaftaler/{placeringsaftale_id}                    PUT   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
placeringsaftaler/{placeringsaftale_id}/beslutninger       POST  401   401    403   403   404: sagssystemer  201: sagssystemer@egen
placeringsaftaler/{godkendt_aftale_id}/dokument            GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen

reservationer                                              GET   401   401    403   403   200: sagssystemer
reservationer                                              POST  401   401    403   403   201: myndighed
reservationer/{reservation_id}                             GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
reservationer/{reservation_id}/beslutninger                GET   401   401    403   403   404: sagssystemer  200: sagssystemer@egen
reservationer/{reservation_id}/beslutninger                POST  401   401    403   403   404: sagssystemer  409: myndighed@egen  201: driftsherre@egen

rammeaftaler                                               GET   401   401    403   200
rammeaftaler/{aftale_id}                                   GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}                                   PUT   401   401    403   403   404: sekretariat  409: sekretariat@egen
rammeaftaler/{aftale_id}/versioner                         GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/versioner/{version_id}/dele       GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/versioner/{version_id}/klausuler  GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/vilkaar                           GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/vilkaarssaet                      GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/trin                              GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/parter                            GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/parter                            POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser     GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser     POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
rammeaftaler/{aftale_id}/parter/{part_id}/afslutninger     POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
rammeaftaler/{udkast_id}/parter/{udkastpart_id}/fjernelser POST  401   401    403   403   404: sekretariat  204: sekretariat@egen
organer                                                    GET   401   401    403   200
organer/{organ_id}                                         GET   401   401    403   200   404: @fremmed
organer/{organ_id}/fjernelser                              POST  401   401    403   403   404: sekretariat  204: sekretariat@egen
organer/{organ_id}/medlemmer/{organmedlem_id}/fjernelser   POST  401   401    403   403   404: sekretariat  204: sekretariat@egen
rammeaftaler/{aftale_id}/fokusomraader                     GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/fokusomraader                     POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
rammeaftaler/{aftale_id}/fokusomraader/overtagelser        POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
fokusomraader/{fokusomraade_id}                            GET   401   401    403   200   404: @fremmed
fokusomraader/{fokusomraade_id}                            PUT   401   401    403   403   404: sekretariat  200: sekretariat@egen
fokusomraader/{fokusomraade_id}                            DELETE 401  401    403   403   404: sekretariat  204: sekretariat@egen
fokusomraader/{fokusomraade_id}/indsatser                  POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
fokusomraader/{overtaget_id}/gennemsyn                     POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
indsatser/{indsats_id}                                     GET   401   401    403   200   404: @fremmed
indsatser/{indsats_id}                                     PUT   401   401    403   403   404: sekretariat  200: sekretariat@egen
indsatser/{indsats_id}                                     DELETE 401  401    403   403   404: sekretariat  204: sekretariat@egen
indsatser/{indsats_id}/milepaele                           POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
milepaele/{milepael_id}                                    GET   401   401    403   200   404: @fremmed
milepaele/{milepael_id}                                    PUT   401   401    403   403   404: sekretariat  200: sekretariat@egen
milepaele/{milepael_id}                                    DELETE 401  401    403   403   404: sekretariat  204: sekretariat@egen
milepaele/{milepael_id}/meldinger                          GET   401   401    403   200   404: @fremmed
milepaele/{milepael_id}/meldinger                          POST  401   401    403   404   201: myndighed@egen sekretariat@egen
rammeaftaler/{aftale_id}/udmeldinger                       GET   401   401    403   200   404: @fremmed
rammeaftaler/{aftale_id}/udmeldinger                       POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
udmeldinger/{udmelding_id}                                 GET   401   401    403   200   404: @fremmed
udmeldinger/{udmelding_id}                                 PUT   401   401    403   403   404: sekretariat  200: sekretariat@egen
udmeldinger/{udmelding_id}                                 DELETE 401  401    403   403   404: sekretariat  204: sekretariat@egen
udmeldinger/{udmelding_id}/annulleringer                   POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
udmeldinger/{udmelding_id}/svar                            GET   401   401    403   200   404: @fremmed
udmeldinger/{udmelding_id}/svar/{part_id}                  GET   401   401    403   200   404: @fremmed
udmeldinger/{udmelding_id}/svar/{part_id}                  PUT   401   401    403   404   200: myndighed@nabo sekretariat@egen
udmeldinger/{udmelding_id}/rapporter                       GET   401   401    403   200   404: @fremmed
udmeldinger/{udmelding_id}/rapporter                       POST  401   401    403   403   404: sekretariat  202: sekretariat@egen
udmeldingsrapporter/{udmeldingsrapport_id}                 GET   401   401    403   404   200: sekretariat@egen
udmeldingsrapporter/{udmeldingsrapport_id}/pdf             GET   401   401    403   404   200: sekretariat@egen
udmeldinger/{udmelding_id}/haendelser                      POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
udmeldingshaendelser/{faktum_id}/annulleringer             POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
organer/{organ_id}/moeder                                  GET   401   401    403   200   404: @fremmed
hoeringer                                                  GET   401   401    403   200
hoeringer                                                  POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
hoeringer/{hoering_id}                                     GET   401   401    403   200   404: @fremmed
hoeringer/{hoering_id}                                     PUT   401   401    403   403   404: sekretariat  200: sekretariat@egen
hoeringer/{hoering_id}                                     DELETE 401  401    403   403   404: sekretariat  409: sekretariat@egen
hoeringer/{hoering_id}/beslutninger                        POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
hoeringer/{hoering_id}/modtagere                           POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
hoeringer/{hoering_id}/modtagere/{modtager_id}/postkasse   POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
hoeringer/{hoering_id}/modtagere/{modtager_id}/beslutninger POST 401   401    403   403   404: sekretariat  201: sekretariat@egen
hoeringer/{hoering_id}/notater                             GET   401   401    403   200   404: @fremmed
hoeringer/{hoering_id}/notater                             POST  401   401    403   403   404: sekretariat  202: sekretariat@egen
hoeringer/{hoering_id}/notater/{notat_id}                  GET   401   401    403   200   404: @fremmed
hoeringer/{hoering_id}/notater/{notat_id}/pdf              GET   401   401    403   200   404: @fremmed
hoeringer/{hoering_id}/svar                                GET   401   401    403   200   404: @fremmed
hoeringer/{hoering_id}/filer/{fil_id}                      GET   401   401    403   200   404: @fremmed
hoeringer/{hoering_id}/filer/{fil_id}/vurderinger         GET   401   401    403   403   404: sekretariat  200: sekretariat@egen
hoeringer/{hoering_id}/filer/{fil_id}/vurderinger         POST  401   401    403   403   404: sekretariat  201: sekretariat@egen
hoeringer/{hoering_id}/bemaerkninger/{bemaerkning_id}/behandlinger GET 401 401    403     200   404: @fremmed
hoeringer/{hoering_id}/bemaerkninger/{bemaerkning_id}/behandlinger POST 401 401   403     403   404: sekretariat  201: sekretariat@egen
rammeaftaler/{aftale_id}/rapporttekster                    GET   401   401    403   404   200: sekretariat@egen
rammeaftaler/{aftale_id}/rapporttekster/{type}/{kapitel}   GET   401   401    403   404   200: sekretariat@egen
rammeaftaler/{aftale_id}/rapporttekster/{type}/{kapitel}   PUT   401   401    403   403   404: sekretariat  200: sekretariat@egen
rapporter                                                  GET   401   401    403   200
rapporter                                                  POST  401   401    403   403   404: sekretariat  202: sekretariat@egen
rapporter/{rapport_id}                                     GET   401   401    403   200   404: @fremmed
rapporter/{rapport_id}/pdf                                 GET   401   401    403   200   404: @fremmed
rapporter/{rapport_id}/tal                                 GET   401   401    403   200   404: @fremmed
rapporter/{rapport_id}/forskelle/{foer_id}                 GET   401   401    403   200   404: @fremmed
rapporter/{rapport_id}/udgivelser                          POST  401   401    403   403   404: sekretariat  202: sekretariat@egen
rapporter/{rapport_id}/tilbagetraekninger                  POST  401   401    403   403   404: sekretariat  409: sekretariat@egen
"""
# Query of an operation that must be asked something.
FORESPOERGSLER = {"ledige-pladser": {"fra": "2027-01-01"}}
OFFENTLIGE = {"openapi.json", "docs"}


def raekker() -> list[Raekke]:
    """The table, read."""
    return SPROG.laes(TABEL)


def operationer() -> Iterator[tuple[str, str, Rettighed | None]]:
    """Path, method and needed right of every operation that is routed; the names of the path's parts stand in braces."""
    for moenster in api.urlpatterns:
        assert isinstance(moenster, URLPattern)
        klasse = getattr(moenster.callback, "cls", None)
        if klasse is api.FindesIkke:
            continue
        sti = "/".join(
            f"{{{del_.strip('<>').split(':')[1]}}}" if del_.startswith("<") else del_
            for del_ in str(moenster.pattern).split("/")
        )
        if klasse is None or sti in OFFENTLIGE:
            yield sti, "GET", None
            continue
        for metode in set(klasse().allowed_methods) - {"HEAD"}:
            yield sti, metode, klasse.kraever[metode]


def naar_frem(raekke: Raekke) -> str:
    """The first system the operation is open to: it is done, or only the state of things is in the way."""
    return next(navn for navn in SYSTEMER if raekke.udfald[navn] < "300" or raekke.udfald[navn] == "409")


def systemer() -> dict[str, ApiKlient]:
    """One client of each kind, with every right a system of its function can have."""
    return {
        navn: klienter.registrer(organisation(hvor), funktion, *KLIENTRETTIGHEDER[funktion])
        for navn, (funktion, hvor) in SYSTEMER.items()
    }


def argumenter(alle: Mapping[str, ApiKlient]) -> dict[str, str]:
    """A reserved place of Gladsaxe's, a free one beside it, an agreement and a finished report of it; and a draft of a system's."""
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    reserveret, ledig = fabrik.ledig_plads(afdeling), fabrik.ledig_plads(afdeling)
    aftale, klausul = aftale_med_klausul()
    taget_med, udmeldingen = overtaget(aftale), udmelding(aftale)
    henvendelse = fabrik.henvendelse(afdeling.tilbud)
    tilbudt = fabrik.pladstilbud(fabrik.henvendelse(afdeling.tilbud, reference="RK-TILBUDT"))  # before anybody waits
    ventende = venter(med_venteliste(afdeling.tilbud), reference="RK-VENTER")
    bor = fabrik.plads_med_takst()
    opholdet = fabrik.ophold(bor)
    aaben = fabrik.henvendelse(bor.afdeling.tilbud, reference="RK-AABEN")  # where nobody waits
    ejer = alle["driftsherre@egen"]
    organet = organ("Herlev")
    hoeringen = hoeringens_id(parter=("Rødovre", "Gladsaxe", "Herlev"))
    return {
        "forespoergsel_id": str(henvendelse.forespoergsel_id),
        "henvendelse_id": str(henvendelse.pk),
        "pladstilbud_id": str(tilbudt.pk),
        "aaben_forespoergsel_id": str(aaben.forespoergsel_id),
        "aaben_henvendelse_id": str(aaben.pk),
        "bor_afdeling_id": str(bor.afdeling_id),
        "venteliste_id": str(ventende.venteliste_id),
        "ventelistepost_id": str(ventende.pk),
        "ophold_id": str(opholdet.pk),
        "fravaer_id": str(meldt_fravaer(opholdet).pk),
        "placeringsaftale_id": str(aftalekladde(fabrik.ophold(reference="RK-AFTALE")).pk),
        "godkendt_aftale_id": str(med_dokument(aftalt(fabrik.ophold(reference="RK-AFTALT"))).pk),
        "flytteplads_id": str(fabrik.ledig_plads(bor.afdeling).pk),
        "bekraeftet_reservation_id": str(fabrik.bekraeftet_reservation().pk),
        "kommunekode": fabrik.kommune("Rødovre").kommunekode,
        "tilbud_id": str(afdeling.tilbud_id),
        "afdeling_id": str(afdeling.id),
        "plads_id": str(ledig.id),
        "import_id": str(kladde(af=aktoer_for_klient(ejer, [ret.value for ret in ejer.rettigheder])).pk),
        "fejlmelding_id": str(fabrik.fejlmelding(afdeling.tilbud).pk),
        "klynge_id": str(fabrik.klynge().pk),
        "offentligt_id": str(fabrik.offentligt_tilbud().pk),
        "niveaufejl_id": str(fabrik.fejlmelding(afdeling.tilbud, faktum=fabrik.Faktum.SPECIALISERING).pk),
        "proeve_id": str(med_notat(proeve()).pk),
        "valg_id": str(med_valgnotat(valg()).pk),
        "anden_afdeling_id": str(fabrik.afdeling(navn="Sidehuset").pk),
        "andet_tilbud_id": str(fabrik.tilbud().pk),
        "behov_id": str(fabrik.udaekket_behov().pk),
        "soegning_id": str(fabrik.gemt_soegning().pk),
        "visiteret_id": str(botilbud("Visiteret").pk),
        "oensket_id": str(botilbud("Ønsket").pk),
        "dokument_id": str(med_fil(fabrik.takst(bor.afdeling, kode="SEL-108"), i="Rødovre").pk),
        "beregning_id": str(offentliggjort(budget(afdeling.tilbud)).id),
        "aar": "2026",
        "takst_id": str(fabrik.takst(fabrik.afdeling(navn="Baghuset")).pk),
        "regnskab_id": str(afsluttet().pk),
        "scenarie_id": str(scenarie(beregnet(budget(fabrik.tilbud(i="Gladsaxe")))).pk),
        "kontrol_id": str(bestil_kontrol(aktoer=fabrik.sagsbehandler(), aar=2026).pk),
        "finansiering_id": str(finansiering_offentliggjort().pk),
        "prisblad_id": str(prisblad_offentliggjort().pk),
        "reservation_id": str(fabrik.reservation(reserveret).id),
        "aftale_id": str(aftale.id),
        "version_id": str(aftale.versioner.get().id),
        "part_id": str(part_der_holder_op(aftale).id),
        "ny_part_id": str(fabrik.kommune("Ballerup").organisation_id),
        "udkastpart_id": str(
            Part.objects.get(aftale=UUID(hoeringen["udkast_id"]), organisation__navn="Herlev Kommune").id
        ),
        "organ_id": str(organet.id),
        "organmedlem_id": str(organet.medlemmer.get().id),
        **hoeringen,
        "organisation_id": str(fabrik.kommune("Herlev").organisation_id),
        "klausul_id": str(klausul.klausul_id),
        "fokusomraade_id": str(omraade(aftale).id),
        "overtaget_id": str(taget_med.indsats.fokusomraade_id),
        "overtaget_milepael_id": str(taget_med.pk),
        "tidligere_omraade_id": str(kan_fortsaette(aftale).pk),
        "indsats_id": str(indsats(omraade(aftale, "Dyre sager")).id),
        "milepael_id": str(milepael(indsats(omraade(aftale, "Hjerneskade"))).id),
        "udmelding_id": str(udmeldingen.pk),
        "udmeldingsrapport_id": str(med_rapport(udmelding(aftale, "Med rapport")).pk),
        "faktum_id": str(sket(udmelding(aftale, "En tidligere"), Udmeldingsart.RAPPORT_SENDT).pk),
        "rapport_id": str(faerdig_rapport(aftale.id).id),
        "foer_id": str(faerdig_rapport(aftale.id).id),
        "udgivet_id": str(udgivet_rapport(aftale.id).pk),
        "type": "rammeaftale",
        "kapitel": "resume",
    }


def part_der_holder_op(aftale: Rammeaftale) -> Part:
    """A party of the agreement that by the register is in the KKR no more from a day in its period."""
    medlemskab = fabrik.kommune("Herlev").kkr_medlemskaber.get()
    medlemskab.periode = Periode(date(2007, 1, 1), date(2028, 1, 1)).som_range
    medlemskab.save()
    fundet: Part = Part.objects.get(aftale=aftale, organisation=fabrik.kommune("Herlev").organisation)
    return fundet


FIL = b"Tilbud;Id;Navn\nT1;A1;Hovedhuset\n"
PLADSEN = {
    "betegnelse": "Bolig 40", "art": "doegn", "ugedage": [1, 2, 3, 4, 5, 6, 7], "aabenFra": "2026-01-01", "aabenTil": None,
    "merplads": False, "forbeholdtEgne": False, "forbeholdtBeboere": False,
}  # fmt: skip


AFTALEN = {
    NOEGLER.get(navn, navn): vaerdi for navn, vaerdi in indhold(gaelder_fra="2027-01-01", opfoelgning=None).items()
}
HOERINGEN = {
    "titel": "Udkast til udviklingsdel",
    "frist": fabrik.om(30).isoformat(),
    "foelgebrev": "",
    "paamindDage": 7,
}


# What is changed otherwise than by PUT, and only by who has seen it as it is.
MED_MAERKE = {
    ("rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser", "POST"),
    ("hoeringer/{hoering_id}", "DELETE"),
    ("hoeringer/{hoering_id}/beslutninger", "POST"),
    ("hoeringer/{hoering_id}/modtagere/{modtager_id}/postkasse", "POST"),
    ("hoeringer/{hoering_id}/bemaerkninger/{bemaerkning_id}/behandlinger", "POST"),
    ("hoeringer/{hoering_id}/filer/{fil_id}/vurderinger", "POST"),
}


def kald(client: Client, metode: str, sti: str, url: str, data: dict[str, Any], soeg: Mapping[str, Any]) -> Any:
    """The operation called as its client would: with a key, and with the tag of what it changes."""
    hoveder = {"idempotency-key": "n-1"}
    if metode == "PUT" or (sti, metode) in MED_MAERKE:
        hele = url.removesuffix("/beslutninger").partition("/modtagere")[0]  # a hearing's steps name the hearing's tag
        hoveder["if-match"] = client.get(hele).headers.get("ETag", '"intet"')
    if sti == "importer" and metode == "POST":
        return client.post(url, FIL, content_type="text/csv")
    if "fil" in data:
        return client.post(url, data["fil"], content_type=XLSX, headers=hoveder)
    if metode == "POST":
        return client.post(url, data, content_type="application/json", headers=hoveder)
    if metode == "PUT":
        return client.put(url, data, content_type="application/json", headers=hoveder)
    return client.delete(url, headers=hoveder) if metode == "DELETE" else client.get(url, soeg)


def krop(sti: str, args: Mapping[str, str]) -> dict[str, Any]:
    """A body that would go through for the right client."""
    periode = {"fra": fabrik.om(7).isoformat(), "til": fabrik.om(97).isoformat()}
    beslutning = {"status": "godkendt", "dato": fabrik.om(-1).isoformat(), "organ": "Kommunalbestyrelsen"}
    sag = {"hjemmel": "SEL-107", "sagsreference": "A-1", **periode}
    kroppe: dict[str, dict[str, Any]] = {
        "soegninger": {"fra": fabrik.om(7).isoformat()},
        "gemte-soegninger": {"fra": fabrik.om(7).isoformat()},
        "udaekkede-behov": {"fra": fabrik.om(7).isoformat()},
        "forespoergsler": {"tilbudIder": [args.get("tilbud_id")], **sag},
        "svar": {"henvendelseId": args.get("henvendelse_id"), "udfald": "afvis", "grund": "ingen_plads"},
        "bekraeftelser": {"fingeraftryk": _fingeraftryk(args.get("afdeling_id"))},
        "beskeder": {"henvendelseId": args.get("henvendelse_id"), "tekst": "Kan I svare i dag?"},
        "reservationer": {"pladsId": args.get("plads_id"), **sag},
        "beslutninger": {"udfald": "bekraeft"},
        "godkendelser": {**beslutning, "referatUrl": "https://herlev.example.dk/referat"},
        "fjernelser": {"begrundelse": "Oprettet ved en fejl"},
        "behandlinger": {"udfald": "til_efterretning", "begrundelse": "Taget med videre"},
        "vurderinger": {"udfald": "lukket", "begrundelse": "Der står noget om en borger"},
        "tilbagetraekninger": {"grund": "Tallene for Gladsaxe er forkerte"},
        "rapporter": {"rammeaftaleId": args.get("aftale_id"), "type": "rammeaftale"},
        "fejlmeldinger": {
            "tilbudId": args.get("tilbud_id", ""),
            "faktum": "kontakt",
            "besked": "Telefonen er en anden",
        },
    }
    if sti == "pladser/{plads_id}":
        return PLADSEN
    if sti == "importer/{import_id}/beslutninger":
        return {"udfald": "send"}
    if sti == "fejlmeldinger/{fejlmelding_id}/svar":
        return {"skridt": "ret", "svar": "Rettet"}
    if sti == "fritvalgsproever":
        tilbud = {"visiteretId": args["visiteret_id"], "oensketId": args["oensket_id"]}
        return {**tilbud, "visiteretUdgift": "2000.00", "forhandletPris": "2100.00", "dato": fabrik.om(0).isoformat()}
    if sti in {"sammenligninger", "tilbudsvalg"}:
        return sammenligning(sti, [UUID(args["afdeling_id"]), UUID(args["anden_afdeling_id"])])
    direkte = {"tilbudId": args.get("tilbud_id"), "pladsId": args.get("plads_id"), "takst": "2500.00"}
    forbi = [{"postId": args.get("ventelistepost_id"), "grund": "akut"}]  # who waits for the department
    hvem = {"indgang": "akut", "handlekommune": args.get("kommunekode"), "hjemmel": "SEL-107", "sagsreference": "A-1"}
    dage = {"dato": fabrik.om(8).isoformat(), "til": fabrik.om(9).isoformat()}
    part = {"art": "handicapraad", "navn": "Handicaprådet i Herlev", "email": "handicapraad@herlev.example"}
    udmeldes = {"titel": "En ny", "modtaget": fabrik.om(0).isoformat(), "svarfrist": fabrik.om(30).isoformat()}
    maal = {"navn": "Et nyt", "frist": fabrik.om(9).isoformat(), "ansvarligId": args.get("organisation_id")}
    post = {"postId": args.get("ventelistepost_id")}
    egne = [args.get("tilbud_id", "")]
    budgetter, regnskaber = {"fil": budgetbog(*budgetraekker(egne))}, {"fil": regnskabsbog(*regnskabsraekker(egne))}
    hele: dict[str, dict[str, Any]] = {
        "takstkontroller": {"aar": 2027},
        **dict.fromkeys(("budgetproever", "budgetimporter"), budgetter),
        **dict.fromkeys(("regnskabsproever", "regnskabsimporter"), regnskaber),
        "rammeaftaler/{aftale_id}/fokusomraader": {"navn": "Et nyt", "ophav": "aftalen"},
        "rammeaftaler/{aftale_id}/fokusomraader/overtagelser": {"omraader": [args.get("tidligere_omraade_id")]},
        "fokusomraader/{fokusomraade_id}": {"navn": "Et nyt", "ophav": "ministertema"},
        "fokusomraader/{fokusomraade_id}/indsatser": {"navn": "En ny"},
        "fokusomraader/{overtaget_id}/gennemsyn": set_igennem(args.get("overtaget_milepael_id", "")),
        "indsatser/{indsats_id}": {"navn": "En ny"},
        "indsatser/{indsats_id}/milepaele": maal,
        "milepaele/{milepael_id}": maal,
        "rammeaftaler/{aftale_id}/udmeldinger": udmeldes,
        "rammeaftaler/{aftale_id}/rapporttekster/{type}/{kapitel}": {"tekst": "Året har været **roligt**."},
        "udmeldinger/{udmelding_id}": udmeldes,
        "udmeldinger/{udmelding_id}/svar/{part_id}": {"antalBorgere": 7},
        "udmeldinger/{udmelding_id}/annulleringer": {"begrundelse": "Registreret ved en fejl"},
        "udmeldinger/{udmelding_id}/haendelser": {
            "art": "midlertidigt_paalaeg",
            "dato": fabrik.om(0).isoformat(),
            "tilbudId": args.get("tilbud_id"),
        },
        "udmeldingshaendelser/{faktum_id}/annulleringer": {"begrundelse": "Registreret ved en fejl"},
        "milepaele/{milepael_id}/meldinger": {"stand": "i_gang", "dato": fabrik.om(0).isoformat()},
        "ventelister": {"tilbudId": args.get("tilbud_id"), "regel": "tur"},
        "forespoergsler/{aaben_forespoergsel_id}/pladstilbud": {
            "henvendelseId": args.get("aaben_henvendelse_id"),
            "afdelingId": args.get("bor_afdeling_id"),
            "pladsId": None,
            "fra": fabrik.om(7).isoformat(),
            "til": None,
            "takst": "2500.00",
        },
        "pladstilbud/{pladstilbud_id}/beslutninger": {"udfald": "afvis", "grund": "prisen"},
        "ventelister/{venteliste_id}/poster": {"henvendelseId": args.get("henvendelse_id")},
        "ventelister/{venteliste_id}/tildelinger": {
            "tildelinger": 0,
            "henvendelseId": args.get("henvendelse_id"),
            "takst": "2500.00",
            "afdelingId": args.get("afdeling_id"),
            "fra": fabrik.om(7).isoformat(),
            "forbigaaede": [{**post, "grund": "passer_ikke"}],
        },
        "ventelister/{venteliste_id}/afmeldinger": {**post, "grund": "andet_tilbud"},
        "ventelister/{venteliste_id}/alternativer": {
            **post,
            "tilbudId": args.get("andet_tilbud_id"),
            "dato": fabrik.om(0).isoformat(),
            "svar": "afslaaet",
        },
        "rammeaftaler/{aftale_id}": {"titel": "Et nyt navn", "fra": "2027-01-01", "til": "2029-01-01"},
        "rammeaftaler/{aftale_id}/parter": {"organisationId": args.get("ny_part_id"), "fra": "2028-01-01"},
        "rammeaftaler/{aftale_id}/parter/{part_id}/afslutninger": {
            "sidsteDag": "2027-12-31",
            "begrundelse": "Efter registret",
        },
        "hoeringer": {"rammeaftaleId": args.get("udkast_id"), **HOERINGEN, "modtagere": [part]},
        "hoeringer/{hoering_id}": HOERINGEN,
        "hoeringer/{hoering_id}/beslutninger": {"udfald": "afslut"},
        "hoeringer/{hoering_id}/modtagere": {"modtagere": [part | {"navn": "Handicaprådet i Rødovre"}]},
        "hoeringer/{hoering_id}/modtagere/{modtager_id}/beslutninger": {"udfald": "nyt_link"},
        "hoeringer/{hoering_id}/modtagere/{modtager_id}/postkasse": {"email": "raad@herlev.example"},
        "ophold": {"dato": fabrik.om(0).isoformat(), **direkte, **hvem, "forbigaaede": forbi},
        "ophold/{ophold_id}/beslutninger": {"udfald": "meld_fravaer", "fravaersart": "ferie", **dage},
        "placeringsaftaler": {"opholdId": args.get("ophold_id")},
        "placeringsaftaler/{placeringsaftale_id}": AFTALEN,
        "placeringsaftaler/{placeringsaftale_id}/beslutninger": {"udfald": "bortfald"},
        "reservationer/{bekraeftet_reservation_id}/ophold": {"dato": fabrik.om(7).isoformat()},
        "reservationer/{reservation_id}/beslutninger": {"udfald": "bekraeft", "forbigaaede": forbi},
    }
    return hele.get(sti) or kroppe.get(sti.rsplit("/", 1)[-1], {})


def set_igennem(milepael_id: str) -> dict[str, Any]:
    """An area carried over looked through, with its one deadline."""
    return {"frister": [{"milepaelId": milepael_id, "frist": fabrik.om(9).isoformat()}]}


def _fingeraftryk(afdeling_id: str | None) -> str:
    """What the client has seen of the department's places."""
    if not afdeling_id:
        return ""
    (tryk,) = set_som_nu(Afdeling.objects.get(pk=afdeling_id)).values()
    return tryk


def sammenligning(sti: str, afdelinger: list[UUID]) -> dict[str, Any]:
    """A comparison of two departments; for a choice with its fingerprint, as they stand now."""
    data = {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(40).isoformat(), "afdelinger": [*map(str, afdelinger)]}
    if sti == "sammenligninger":
        return data
    fundne = Afdeling.objects.in_bulk(afdelinger)
    vist = sammenlignet(fabrik.sagsbehandler(), [fundne[afdeling] for afdeling in afdelinger])
    return {
        **data,
        "fingeraftryk": vist.tryk,
        "valgtAfdelingId": data["afdelinger"][0],
        "begrundelse": "Kender metoden",
    }


# Lists that grow with the number of offers, places and cases; with the one question each must be asked.
RAEKKER_MED_LISTER = [
    "/api/v1/kommuner",
    "/api/v1/tilbud",
    "/api/v1/pladser?fra=2027-01-01&til=2027-02-01",
    "/api/v1/offentliggjorte-tilbud",
    "/api/v1/offentliggjorte-priser",
    "/api/v1/takster",
    "/api/v1/prisblade",
    "/api/v1/finansieringer",
    "/api/v1/takstberegninger",
    "/api/v1/regnskaber",
    "/api/v1/scenarier",
    "/api/v1/takstkontroller",
    "/api/v1/ledige-pladser?fra=2027-01-01",
    "/api/v1/fejlmeldinger",
    "/api/v1/forespoergsler",
    "/api/v1/pladstilbud",
    "/api/v1/ventelister",
    "/api/v1/ophold",
    "/api/v1/placeringsaftaler",
    "/api/v1/reservationer",
    "/api/v1/gemte-soegninger",
    "/api/v1/udaekkede-behov",
    "/api/v1/fritvalgsproever",
    "/api/v1/tilbudsvalg",
    "/api/v1/rammeaftaler",
    "/api/v1/organer",
    "/api/v1/hoeringer",
    "/api/v1/rapporter",
]
