"""The root of the REST API, version 1: every resource, the document that describes them, and a page to read it on."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.views import APIView

from config.fejlkatalog import FEJLKATALOG
from faelles.graenser import aaben
from kommuner import api as kommuner
from rammeaftale import api as rammeaftale
from rammeaftale.fokus import api as fokus
from rammeaftale.hoering import api as hoering
from rammeaftale.hoering import behandlingsapi as hoeringsbehandling
from rammeaftale.hoering import filapi as hoeringsfil
from rammeaftale.hoering import notatapi as hoeringsnotat
from rammeaftale.moeder import api as moeder
from rammeaftale.organer import api as organer
from rammeaftale.rapporter import api as rapporter
from rammeaftale.rapporter import forskelapi as rapporttal
from rammeaftale.rapporter import tekstapi as rapporttekster
from rammeaftale.tekst import api as aftaletekst
from rammeaftale.udmeldinger import api as udmeldinger
from rammeaftale.udmeldinger import rapportapi as udmeldingsrapport
from reservationer.sag import api as sag
from reservationer.sag.aftaler import api as aftaler
from reservationer.sag.forespoergsler import api as forespoergsler
from reservationer.sag.forespoergsler import pladstilbud_api as pladstilbud
from reservationer.sag.ophold import api as ophold
from reservationer.sag.ophold import fravaer_api as fravaer
from reservationer.sag.prisudvikling import api as prisudvikling
from reservationer.soegning import api as soegning
from reservationer.soegning.behov import api as behov
from reservationer.soegning.fritvalg import api as fritvalg
from reservationer.soegning.gemte import api as gemte
from reservationer.soegning.sammenlign import api as sammenlign
from reservationer.soegning.valg import api as valg
from reservationer.svartider import api as svartider
from reservationer.venteliste import api as venteliste
from reservationer.venteliste import opgoerelse_api as ventelisteopgoerelse
from takster import api as takster
from takster import skemaapi as skemaer
from takster.dokumenter import api as takstdokumenter
from takster.fastsaettelse import api as scenarier
from takster.finansiering import api as finansiering
from takster.kontrol import api as takstkontrol
from takster.offentliggjort import api as offentliggjort
from takster.prisblade import api as prisblade
from takster.regnskab import api as regnskab
from takster.vaekst import api as takstvaekst
from tilbud import api as tilbud
from tilbud.aendringer import api as aendringer
from tilbud.fejlmeldinger import api as fejlmeldinger
from tilbud.klynger import api as klynger
from tilbud.lukninger import api as lukninger
from tilbud.oplysninger import api as oplysninger
from tilbud.registerimport import api as registerimport


class Dokument(SpectacularJSONAPIView):
    """The OpenAPI document, open to everybody."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    renderer_classes = [OpenApiJsonRenderer2]


class FindesIkke(APIView):
    """Any other address under the API: a client gets a problem it can read, never a page."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    schema = None

    def initial(self, *_args: Any, **_kwargs: Any) -> None:
        """Whatever the method."""
        raise Http404


def _operationer(dokument: dict[str, Any]) -> list[dict[str, Any]]:
    """Every operation in the order of the paths, ready to be shown."""
    return [
        {
            "sti": sti,
            "metode": metode.upper(),
            "sikkerhed": next(iter(op.get("security", [{}])[0].values()), []),
            "eksempler": list(_eksempler(op)),
            **op,
        }
        for sti, metoder in dokument["paths"].items()
        for metode, op in metoder.items()
    ]


def _eksempler(op: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is sent and what is answered when it goes well, as indented JSON."""
    gode = {f"Svar {kode}": svar for kode, svar in op["responses"].items() if kode.startswith("2")}
    for titel, del_ in {"Krop": op.get("requestBody", {}), **gode}.items():
        if indhold := del_.get("content", {}).get("application/json"):
            yield titel, json.dumps(indhold["example"], indent=2, ensure_ascii=False)


def _fejl() -> list[dict[str, Any]]:
    """The catalogue with the anchors that `type` of a problem points at."""
    return [
        {"anker": f"fejl-{kode.replace('_', '-')}", "kode": kode, "status": status, "tekst": tekst}
        for kode, (status, tekst) in FEJLKATALOG.items()
    ]


@require_GET
@aaben
def docs(request: HttpRequest) -> HttpResponse:
    """The document as a page."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # the library has no types here
    dokument = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # as above
    return render(
        request, "api/docs.html", {"dokument": dokument, "operationer": _operationer(dokument), "fejl": _fejl()}
    )


urlpatterns = [
    path("openapi.json", aaben(Dokument.as_view()), name="openapi"),
    path("docs", docs, name="api-docs"),
    path("kommuner", kommuner.Kommuner.as_view()),
    path("kommuner/<str:kommunekode>", kommuner.EnKommune.as_view()),
    path("klassifikationer/maalgrupper", tilbud.Maalgrupper.as_view()),
    path("klassifikationer/hjemler", tilbud.Hjemler.as_view()),
    path("tilbud", oplysninger.TilbudListe.as_view()),
    path("tilbud/<uuid:tilbud_id>", oplysninger.EtTilbud.as_view()),
    path("tilbud/<uuid:tilbud_id>/vilkaar", aftaletekst.Tilbudsvilkaar.as_view()),
    path("tilbud/<uuid:tilbud_id>/afdelinger", tilbud.Afdelinger.as_view()),
    path("afdelinger/<uuid:afdeling_id>/bekraeftelser", tilbud.Bekraeftelser.as_view()),
    path("pladser", tilbud.Pladser.as_view()),
    path("pladser/<uuid:plads_id>", aendringer.EnPlads.as_view()),
    path("importer", registerimport.Importer.as_view()),
    path("importer/<uuid:import_id>", registerimport.EnImport.as_view()),
    path("importer/<uuid:import_id>/fejl", registerimport.Importfejl.as_view()),
    path("importer/<uuid:import_id>/aendringer", registerimport.Importaendringer.as_view()),
    path("importer/<uuid:import_id>/beslutninger", registerimport.Importskridt.as_view()),
    path("klynger", klynger.Klynger.as_view()),
    path("lukninger", lukninger.Lukninger.as_view()),
    path("fejlmeldinger", fejlmeldinger.Fejlmeldinger.as_view()),
    path("fejlmeldinger/<uuid:fejlmelding_id>", fejlmeldinger.EnFejlmelding.as_view()),
    path("fejlmeldinger/<uuid:fejlmelding_id>/svar", fejlmeldinger.Fejlsvar.as_view()),
    path("offentliggjorte-tilbud", offentliggjort.OffentliggjorteTilbud.as_view()),
    path("offentliggjorte-tilbud/<uuid:offentligt_id>", offentliggjort.EtOffentligtTilbud.as_view()),
    path("offentliggjorte-priser", offentliggjort.OffentliggjortePriser.as_view()),
    path("takster", takster.Takster.as_view()),
    path("takster/<uuid:takst_id>/dokumentation", takster.Takstdokumentation.as_view()),
    path("prisblade", prisblade.Prisblade.as_view()),
    path("prisblade/<uuid:prisblad_id>", prisblade.EtPrisblad.as_view()),
    path("regnskaber", regnskab.Regnskaber.as_view()),
    path("regnskaber/<uuid:regnskab_id>", regnskab.EtRegnskab.as_view()),
    path("takstvaekst/<int:aar>", takstvaekst.Takstvaekst.as_view()),
    path("prisudvikling/<int:aar>", prisudvikling.Prisudviklinger.as_view()),
    path("takstvaekst/<int:aar>/udeladte", takstvaekst.Takstvaekstudeladelser.as_view()),
    path("finansieringer", finansiering.Finansieringer.as_view()),
    path("finansieringer/<uuid:finansiering_id>", finansiering.EnFinansiering.as_view()),
    path("takstberegninger", takster.Takstberegninger.as_view()),
    path("takstberegninger/<uuid:beregning_id>", takster.EnTakstberegning.as_view()),
    path("takstberegninger/<uuid:beregning_id>/dokumentation", takster.Dokumentation.as_view()),
    path("scenarier", scenarier.Scenarier.as_view()),
    path("scenarier/<uuid:scenarie_id>", scenarier.EtScenarie.as_view()),
    path("takstkontroller", takstkontrol.Takstkontroller.as_view()),
    path("takstkontroller/<uuid:kontrol_id>", takstkontrol.EnTakstkontrol.as_view()),
    path("takstkontroller/<uuid:kontrol_id>/forskelle", takstkontrol.Kontrolforskelle.as_view()),
    path("budgetproever", skemaer.Budgetproever.as_view()),
    path("budgetimporter", skemaer.Budgetimporter.as_view()),
    path("regnskabsproever", skemaer.Regnskabsproever.as_view()),
    path("regnskabsimporter", skemaer.Regnskabsimporter.as_view()),
    path("takstdokumenter/<uuid:dokument_id>", takstdokumenter.EtTakstdokument.as_view()),
    path("takstdokumenter/<uuid:dokument_id>/pdf", takstdokumenter.Takstdokumentet.as_view()),
    path("ledige-pladser", soegning.LedigePladser.as_view()),
    path("soegninger", soegning.Soegninger.as_view()),
    path("gemte-soegninger", gemte.GemteSoegninger.as_view()),
    path("gemte-soegninger/<uuid:soegning_id>", gemte.EnGemtSoegning.as_view()),
    path("udaekkede-behov", behov.UdaekkedeBehov.as_view()),
    path("udaekkede-behov/<uuid:behov_id>/tilbagetraekninger", behov.Tilbagetraekninger.as_view()),
    path("fritvalgsproever", fritvalg.Fritvalgsproever.as_view()),
    path("fritvalgsproever/<uuid:proeve_id>", fritvalg.EnFritvalgsproeve.as_view()),
    path("fritvalgsproever/<uuid:proeve_id>/notat", fritvalg.Notat.as_view()),
    path("sammenligninger", sammenlign.Sammenligninger.as_view()),
    path("tilbudsvalg", valg.Tilbudsvalgene.as_view()),
    path("tilbudsvalg/<uuid:valg_id>", valg.EtTilbudsvalg.as_view()),
    path("tilbudsvalg/<uuid:valg_id>/notat", valg.Valgnotatet.as_view()),
    path("behovsopgoerelser", behov.Behovsopgoerelser.as_view()),
    path("forespoergsler", forespoergsler.Forespoergsler.as_view()),
    path("forespoergsler/<uuid:forespoergsel_id>", forespoergsler.EnForespoergsel.as_view()),
    path("forespoergsler/<uuid:forespoergsel_id>/svar", forespoergsler.Svar.as_view()),
    path("forespoergsler/<uuid:forespoergsel_id>/beskeder", forespoergsler.Beskeder.as_view()),
    path("forespoergsler/<uuid:aaben_forespoergsel_id>/pladstilbud", pladstilbud.NytPladstilbud.as_view()),
    path("pladstilbud", pladstilbud.AllePladstilbud.as_view()),
    path("pladstilbud/<uuid:pladstilbud_id>", pladstilbud.EtPladstilbud.as_view()),
    path("pladstilbud/<uuid:pladstilbud_id>/beslutninger", pladstilbud.Pladstilbudsbeslutninger.as_view()),
    path("ventelister", venteliste.Ventelister.as_view()),
    path("ventelister/<uuid:venteliste_id>", venteliste.EnVenteliste.as_view()),
    path("ventelisteopgoerelser", ventelisteopgoerelse.Ventelisteopgoerelser.as_view()),
    path("svartider", svartider.EgneSvartider.as_view()),
    path("svartidsopgoerelser", svartider.Svartidsopgoerelser.as_view()),
    path("ventelistetal", ventelisteopgoerelse.Ventelistetal.as_view()),
    path("ventelister/<uuid:venteliste_id>/poster", venteliste.Poster.as_view()),
    path("ventelister/<uuid:venteliste_id>/tildelinger", venteliste.Tildelinger.as_view()),
    path("ventelister/<uuid:venteliste_id>/afmeldinger", venteliste.Afmeldinger.as_view()),
    path("ventelister/<uuid:venteliste_id>/alternativer", venteliste.Alternativer.as_view()),
    path("reservationer/<uuid:bekraeftet_reservation_id>/ophold", ophold.Indskrivning.as_view()),
    path("ophold", ophold.AlleOphold.as_view()),
    path("ophold/<uuid:ophold_id>", ophold.EtOphold.as_view()),
    path("ophold/<uuid:ophold_id>/beslutninger", ophold.Opholdsskridt.as_view()),
    path("ophold/<uuid:ophold_id>/fravaer", fravaer.OpholdetsFravaer.as_view()),
    path("placeringsaftaler", aftaler.Placeringsaftaler.as_view()),
    path("placeringsaftaler/<uuid:placeringsaftale_id>", aftaler.EnPlaceringsaftale.as_view()),
    path("placeringsaftaler/<uuid:placeringsaftale_id>/beslutninger", aftaler.Aftaleskridt.as_view()),
    path("placeringsaftaler/<uuid:godkendt_aftale_id>/dokument", aftaler.Aftaledokumentet.as_view()),
    path("reservationer", sag.Reservationer.as_view()),
    path("reservationer/<uuid:reservation_id>", sag.EnReservation.as_view()),
    path("reservationer/<uuid:reservation_id>/beslutninger", sag.Beslutninger.as_view()),
    path("rammeaftaler", rammeaftale.Rammeaftaler.as_view()),
    path("rammeaftaler/<uuid:aftale_id>", rammeaftale.EnRammeaftale.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/versioner", aftaletekst.Versioner.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/versioner/<uuid:version_id>/dele", aftaletekst.Dele.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/versioner/<uuid:version_id>/klausuler", aftaletekst.Klausuler.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/vilkaar", aftaletekst.Vilkaarene.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/vilkaarssaet", aftaletekst.Saettene.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/fokusomraader", fokus.Fokusomraader.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/fokusomraader/overtagelser", fokus.Overtagelser.as_view()),
    path("fokusomraader/<uuid:fokusomraade_id>", fokus.EtFokusomraade.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/trin", rammeaftale.Trin.as_view()),
    path("fokusomraader/<uuid:overtaget_id>/gennemsyn", fokus.Gennemsyn.as_view()),
    path("fokusomraader/<uuid:fokusomraade_id>/indsatser", fokus.Indsatser.as_view()),
    path("indsatser/<uuid:indsats_id>", fokus.EnIndsats.as_view()),
    path("indsatser/<uuid:indsats_id>/milepaele", fokus.Milepaele.as_view()),
    path("milepaele/<uuid:milepael_id>", fokus.EnMilepael.as_view()),
    path("milepaele/<uuid:milepael_id>/meldinger", fokus.Meldinger.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/udmeldinger", udmeldinger.Udmeldinger.as_view()),
    path("udmeldinger/<uuid:udmelding_id>", udmeldinger.EnUdmelding.as_view()),
    path("udmeldinger/<uuid:udmelding_id>/svar", udmeldinger.Svarene.as_view()),
    path("udmeldinger/<uuid:udmelding_id>/svar/<uuid:part_id>", udmeldinger.EtSvar.as_view()),
    path("udmeldinger/<uuid:udmelding_id>/annulleringer", udmeldinger.Annulleringer.as_view()),
    path("udmeldinger/<uuid:udmelding_id>/rapporter", udmeldingsrapport.Rapporter.as_view()),
    path("udmeldingsrapporter/<uuid:udmeldingsrapport_id>", udmeldingsrapport.EnRapport.as_view()),
    path("udmeldingsrapporter/<uuid:udmeldingsrapport_id>/pdf", udmeldingsrapport.Rapporten.as_view()),
    path("udmeldinger/<uuid:udmelding_id>/haendelser", udmeldinger.Haendelser.as_view()),
    path("udmeldingshaendelser/<uuid:faktum_id>/annulleringer", udmeldinger.Haendelsesannulleringer.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/parter", rammeaftale.Parter.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/parter/<uuid:part_id>/godkendelser", rammeaftale.Godkendelser.as_view()),
    path("rammeaftaler/<uuid:aftale_id>/parter/<uuid:part_id>/afslutninger", rammeaftale.Partsafslutninger.as_view()),
    path("rammeaftaler/<uuid:udkast_id>/parter/<uuid:udkastpart_id>/fjernelser", rammeaftale.Partsfjernelser.as_view()),
    path("organer", organer.Organer.as_view()),
    path("organer/<uuid:organ_id>", organer.EtOrgan.as_view()),
    path("organer/<uuid:organ_id>/fjernelser", organer.Organfjernelser.as_view()),
    path("organer/<uuid:organ_id>/medlemmer/<uuid:organmedlem_id>/fjernelser", organer.Medlemsfjernelser.as_view()),
    path("organer/<uuid:organ_id>/moeder", moeder.Moeder.as_view()),
    path("hoeringer", hoering.Hoeringer.as_view()),
    path("hoeringer/<uuid:hoering_id>", hoering.EnHoering.as_view()),
    path("hoeringer/<uuid:hoering_id>/beslutninger", hoering.Hoeringsskridt.as_view()),
    path("hoeringer/<uuid:hoering_id>/modtagere", hoering.Modtagere.as_view()),
    path("hoeringer/<uuid:hoering_id>/modtagere/<uuid:modtager_id>/postkasse", hoering.Postkasse.as_view()),
    path("hoeringer/<uuid:hoering_id>/modtagere/<uuid:modtager_id>/beslutninger", hoering.Modtagerskridt.as_view()),
    path("hoeringer/<uuid:hoering_id>/notater", hoeringsnotat.Notater.as_view()),
    path("hoeringer/<uuid:hoering_id>/notater/<uuid:notat_id>", hoeringsnotat.EtNotat.as_view()),
    path("hoeringer/<uuid:hoering_id>/notater/<uuid:notat_id>/pdf", hoeringsnotat.Notatet.as_view()),
    path("hoeringer/<uuid:hoering_id>/svar", hoering.Svar.as_view()),
    path("hoeringer/<uuid:hoering_id>/filer/<uuid:fil_id>", hoeringsfil.Fil.as_view()),
    path("hoeringer/<uuid:hoering_id>/filer/<uuid:fil_id>/vurderinger", hoeringsfil.Filvurderinger.as_view()),
    path(
        "hoeringer/<uuid:hoering_id>/bemaerkninger/<uuid:bemaerkning_id>/behandlinger",
        hoeringsbehandling.Behandlinger.as_view(),
    ),
    path("rammeaftaler/<uuid:aftale_id>/rapporttekster", rapporttekster.Rapporttekster.as_view()),
    path(
        "rammeaftaler/<uuid:aftale_id>/rapporttekster/<slug:type>/<slug:kapitel>",
        rapporttekster.EnRapporttekst.as_view(),
    ),
    path("rapporter", rapporter.Rapporter.as_view()),
    path("rapporter/<uuid:rapport_id>", rapporter.EnRapport.as_view()),
    path("rapporter/<uuid:rapport_id>/pdf", rapporter.Pdf.as_view()),
    path("rapporter/<uuid:rapport_id>/tal", rapporttal.Rapporttal.as_view()),
    path("rapporter/<uuid:rapport_id>/forskelle/<uuid:foer_id>", rapporttal.Forskelle.as_view()),
    path("rapporter/<uuid:rapport_id>/udgivelser", rapporter.Udgivelser.as_view()),
    path("rapporter/<uuid:rapport_id>/tilbagetraekninger", rapporter.Tilbagetraekninger.as_view()),
    re_path(r"^.*$", FindesIkke.as_view()),
]
