"""Foreign ids: a second world of people and things that have nothing to do with the first, and the tables of who sends which id."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.test import override_settings

from rammeaftale.models import Part
from rammeaftale.udmeldinger.regler import Udmeldingsart
from takster.kontrol.actions import bestil as bestil_kontrol
from tests import fabrik
from tests.kommuner.klienter.situationer import klient
from tests.rammeaftale.aarshjul.situationer import trin, udfoert
from tests.rammeaftale.fokus.situationer import indsats, kan_fortsaette, milepael, omraade, overtaget
from tests.rammeaftale.hoering.situationer import hoeringens_id
from tests.rammeaftale.moeder.situationer import moede
from tests.rammeaftale.organer.situationer import organ
from tests.rammeaftale.udmeldinger.situationer import med_rapport, sket, udmelding
from tests.rammeaftale.videndeling.situationer import registreret
from tests.sag.aftaler.situationer import aftalt, med_dokument
from tests.sag.ophold.situationer import meldt_fravaer
from tests.sider import aftale_med_klausul, blokke, faerdig_rapport, fast_rapport, udgivet_rapport
from tests.soegning.fritvalg.situationer import botilbud, med_notat, proeve
from tests.soegning.valg.situationer import med_notat as med_valgnotat
from tests.soegning.valg.situationer import valg
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.dokumenter.situationer import med_fil
from tests.takster.fastsaettelse.situationer import beregning, scenarie
from tests.takster.finansiering.situationer import indsendt as delt_efter_noegle
from tests.takster.prisblade.situationer import tillaeg
from tests.takster.regnskab.situationer import afsluttet, kladde, solgt
from tests.tilbud.portal.situationer import sammenligning
from tests.tilbud.registerimport.situationer import ventende_import
from tests.venteliste.situationer import med_venteliste, venter

KKR = "KKR Syddanmark"
T = TypeVar("T")


@contextmanager
def engang(lav: Callable[[], T]) -> Iterator[T]:
    """A situation of many tests, made once; each puts back what it does to it, and nothing of it is kept."""
    hurtig = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with hurtig, transaction.atomic():
        yield lav()
        transaction.set_rollback(True)


def fremmede() -> dict[str, str]:
    """The ids of the second world, by the names of `argumenter()` in the two tables: Odense has reserved in Svendborg."""
    koeber, saelger = (fabrik.kommune(navn, i=KKR).organisation for navn in ("Odense", "Svendborg"))
    afdeling = fabrik.afdeling(fabrik.tilbud("Fremmed tilbud", i="Svendborg"))
    reserveret, ledig = fabrik.ledig_plads(afdeling), fabrik.ledig_plads(afdeling)
    aftale, klausul = aftale_med_klausul(parter=("Odense", "Svendborg"), slug="syddanmark-2027-2028", i=KKR)
    (udfoerelse,) = udfoert(trin(aftale, af=fabrik.sekretariat(KKR)), "Odense", af=fabrik.sekretariat(KKR))
    organet, hoeringen = organ("Odense", i=KKR), hoeringens_id("fremmed-udkast", i=KKR)
    budgettet = budget(afdeling.tilbud, af=oekonom("Svendborg"))
    beregningen = beregning(budgettet, af=oekonom("Svendborg"))
    opgjort = afsluttet(solgt(fabrik.tilbud(i="Svendborg"), doegn=1), af=oekonom("Svendborg"))
    regnskabet = kladde(afdeling.tilbud, af=oekonom("Svendborg"), aar=2023)
    noegle = klient(fabrik.aktoer(fabrik.Rolle.ADMINISTRATOR, koeber)).noegle
    part = Part.objects.get(aftale=aftale, organisation=saelger)
    klynge = fabrik.klynge("Fremmed klynge", medlemmer=("Odense",), i=KKR)
    bruger = fabrik.bruger(fabrik.Rolle.SAGSBEHANDLER, koeber)
    koebers = fabrik.sagsbehandler("Odense")
    henvendelse = fabrik.henvendelse(afdeling.tilbud, af=koebers, reference="FREMMED-2")
    udmeldingen = udmelding(aftale)
    milepaelen = milepael(indsats(omraade(aftale)), ansvarlig="Odense")
    taget_med = overtaget(aftale, "Odense")
    fabrik.niveau(afdeling.tilbud, 1)
    opholdet = fabrik.ophold(fabrik.plads_med_takst(i="Svendborg"), af=koebers, reference="FREMMED-3")
    aftalen = str(
        med_dokument(
            aftalt(
                fabrik.ophold(fabrik.plads_med_takst(i="Svendborg"), af=koebers, reference="FREMMED-5"),
                kommune="Svendborg",
                af=koebers,
            )
        ).pk
    )
    pladstilbuddet = fabrik.pladstilbud(henvendelse)  # before anybody waits there
    ventende = venter(med_venteliste(afdeling.tilbud), "Odense", reference="FREMMED-6")
    return {
        "venteliste_id": str(ventende.venteliste_id),
        "ventetilbud_id": str(ventende.tilbud_id),
        "ventende_id": str(ventende.henvendelse_id),
        "uden_plads_id": str(henvendelse.pk),
        "ventelistepost_id": str(ventende.pk),
        "andet_tilbud_id": str(afdeling.tilbud_id),
        "forespoergsel_id": str(henvendelse.forespoergsel_id),
        "henvendelse_id": str(henvendelse.pk),
        "pladstilbud_id": str(pladstilbuddet.pk),
        "aaben_forespoergsel_id": str(henvendelse.forespoergsel_id),
        "aaben_henvendelse_id": str(henvendelse.pk),
        "bor_afdeling_id": str(afdeling.pk),
        "ophold_id": str(opholdet.pk),
        "fravaer_id": str(meldt_fravaer(opholdet, "Svendborg").pk),
        "placeringsaftale_id": aftalen,
        "godkendt_aftale_id": aftalen,
        "bekraeftet_reservation_id": str(
            fabrik.bekraeftet_reservation(fabrik.plads_med_takst(i="Svendborg"), af=koebers, reference="FREMMED-4").pk
        ),
        "reservation_id": str(
            fabrik.reservation(reserveret, af=fabrik.sagsbehandler("Odense"), reference="FREMMED-1").id
        ),
        "tilbud_id": str(afdeling.tilbud_id),
        "afdeling_id": str(afdeling.id),
        "plads_id": str(ledig.id),
        "flytteplads_id": str(ledig.id),
        "aftale_id": str(aftale.id),
        "slug": aftale.slug,
        "part_id": str(part.id),
        "organ_id": str(organet.pk),
        "organmedlem_id": str(organet.medlemmer.get().pk),
        "moede_id": str(moede(organet).pk),
        **hoeringen,
        "udkastpart_id": str(Part.objects.filter(aftale=UUID(hoeringen["udkast_id"]))[0].pk),
        "omraade_id": str(milepaelen.indsats.fokusomraade_id),
        "fokusomraade_id": str(milepaelen.indsats.fokusomraade_id),
        "overtaget_id": str(taget_med.indsats.fokusomraade_id),
        "overtaget_milepael_id": str(taget_med.pk),
        "tidligere_omraade_id": str(kan_fortsaette(aftale).pk),
        "indsats_id": str(milepaelen.indsats_id),
        "milepael_id": str(milepaelen.pk),
        "udmelding_id": str(udmeldingen.pk),
        "faktum_id": str(sket(udmeldingen, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=afdeling.tilbud).pk),
        "udmeldingsrapport_id": str(med_rapport(udmeldingen).pk),
        "videndeling_id": str(registreret(afdeling.tilbud, "Odense", i=KKR).pk),
        "trin_id": str(udfoerelse.trin_id),
        "udfoerelse_id": str(udfoerelse.pk),
        "version_id": str(klausul.version_id),
        "klausul_id": str(klausul.klausul_id),
        "udgave_id": str(klausul.pk),
        "del_id": str(klausul.klausul.dokumentdel_id),
        "rapport_id": str(faerdig_rapport(aftale.id, fabrik.sekretariat(KKR)).id),
        "plan_id": str(fast_rapport(aftale.id, fabrik.sekretariat(KKR)).id),
        "udgivet_id": str(udgivet_rapport(aftale.id, fabrik.sekretariat(KKR)).pk),
        "foer_id": str(faerdig_rapport(aftale.id, fabrik.sekretariat(KKR)).id),
        "tilknytning": str(bruger.tilknytninger.get().id),
        "tilknytning_id": str(bruger.tilknytninger.get().id),
        "bruger_id": str(bruger.id),
        "organisation_id": str(koeber.id),
        "invitation_id": str(fabrik.invitation("fremmed@example.dk", organisation=koeber)[0].id),
        "forslag_id": str(fabrik.forslag("fremmed-forslag@example.dk", organisation=koeber).id),
        "proeve_id": str(
            med_notat(
                proeve(
                    fabrik.sagsbehandler("Odense"),
                    visiteret_id=botilbud("Fremmed fra", i="Svendborg").pk,
                    oensket_id=botilbud("Fremmed til", i="Svendborg").pk,
                )
            ).pk
        ),
        "valg_id": str(med_valgnotat(valg(fabrik.sagsbehandler("Odense"))).pk),
        "soegning_id": str(fabrik.gemt_soegning(fabrik.sagsbehandler("Odense")).pk),
        "behov_id": str(fabrik.udaekket_behov(fabrik.sagsbehandler("Odense")).pk),
        "dokument_id": str(med_fil(fabrik.takst(afdeling, kode="SEL-110"), i="Odense").pk),
        "fejlmelding_id": str(fabrik.fejlmelding(afdeling.tilbud, af=fabrik.sagsbehandler("Odense")).pk),
        "niveaufejl_id": str(fabrik.fejlmelding(afdeling.tilbud, af=koebers, faktum=fabrik.Faktum.SPECIALISERING).pk),
        "lukning_id": str(fabrik.lukning(afdeling).pk),
        **blokke(afdeling),
        "import_id": str(ventende_import(af=fabrik.tilbudsleder("Svendborg")).pk),
        "sammenligning_id": str(sammenligning(af=fabrik.tilbudsleder("Svendborg")).pk),
        "klynge_id": str(klynge.pk),
        "offentligt_id": str(fabrik.offentligt_tilbud("Fremmed kilde", i="Svendborg").pk),
        "medlemskab_id": str(klynge.medlemskaber.get().pk),
        "budget_id": str(budgettet.pk),
        "beregning_id": str(beregningen.pk),
        "finansiering_id": str(delt_efter_noegle(afdeling.tilbud, af=oekonom("Svendborg")).pk),
        "prisblad_id": str(
            tillaeg(
                fabrik.takst(fabrik.afdeling(fabrik.tilbud("Uden pladser", i="Svendborg"))), af=oekonom("Svendborg")
            ).pk
        ),
        "scenarie_id": str(scenarie(beregningen, af=oekonom("Svendborg")).pk),
        "regnskab_id": str(regnskabet.pk),
        "kontrol_id": str(bestil_kontrol(aktoer=koebers, aar=2026).pk),
        "opgoerelse_id": str(opgjort.pk),
        "klient_id": str(noegle.klient_id),
        "noegle_id": str(noegle.id),
    }


@dataclass(frozen=True)
class Tilfaelde:
    """A parameter that holds an id: where it is sent, in which part of the request, by whom, and whether everybody may see it."""

    rute: str
    metode: str
    sted: str
    navn: str
    hvem: str
    aaben: bool


def laes(tabel: str) -> list[Tilfaelde]:
    """A table of them, read: `rute metode sted:navn hvem [aaben]`."""
    return [_tilfaelde(*linje.split()) for linje in tabel.splitlines() if linje.strip()]


def _tilfaelde(rute: str, metode: str, parameter: str, hvem: str, *mere: str) -> Tilfaelde:
    sted, _, navn = parameter.partition(":")
    return Tilfaelde(rute, metode, sted, navn, hvem, "aaben" in mere)
