"""Who orders the report on a municipality, who may see it then, and that nobody publishes it."""

import io
from itertools import product
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Job, JobStatus
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import Periode
from kommuner.models import ROLLE_ARTER, Rolle
from rammeaftale.models import Part, Rammeaftale, Version
from rammeaftale.rapporter import actions, tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.bestilling import bestilling
from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.kommunen.data import Kommunebillede
from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Rapportfil
from rammeaftale.rapporter.register import RAPPORTTYPER
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.rapporter import situationer as alle
from tests.rammeaftale.rapporter.kommunen import situationer
from tests.rammeaftale.rapporter.kommunen.situationer import bestil, oekonomi
from tests.rammeaftale.test_sider import klient
from tests.rammeaftale.test_sider import sekretariat as sekretariatets

pytestmark = pytest.mark.django_db(transaction=True)


def lavet(rapport: Rapport) -> Rapport:
    job.koer(rapport.job_id)
    rapport.refresh_from_db()
    assert rapport.job.status == JobStatus.FAERDIG, rapport.job.fejl
    return rapport


def kode(navn: str) -> str:
    return fabrik.kommune(navn).kommunekode


def ser(af: Aktoer) -> set[Rapport]:
    return set(Rapport.objects.synlige_for(af))


def test_municipality_orders_its_own_and_the_secretariat_any() -> None:
    aftale = situationer.omraade()
    egen, om = bestil(aftale, oekonomi()), bestil(aftale, fabrik.sekretariat(), kode("Gladsaxe"))
    assert egen != om, "two editions: what one hides the other shows"
    assert (egen.kommune, egen.ejer_id) == (fabrik.kommune("Gladsaxe"), fabrik.kommune("Gladsaxe").organisation_id)
    assert (om.kommune, om.ejer_id) == (fabrik.kommune("Gladsaxe"), None)
    for rapport, er_egen in ((egen, True), (om, False)):
        lavet(rapport)
        with som_systemet("the test reads what was frozen"):
            frosset = Oejebliksbillede.objects.get(rapporter=rapport)
        assert frosset.ejer_id == rapport.ejer_id
        assert fra_json(Kommunebillede, frosset.data).egen is er_egen


def test_same_order_gives_the_same_report_and_another_municipality_another() -> None:
    aftale, af = situationer.omraade(), fabrik.sekretariat()
    foerste = bestil(aftale, af, kode("Gladsaxe"))
    assert bestil(aftale, af, kode("Gladsaxe")) == foerste
    assert bestil(aftale, af, kode("Herlev")) != foerste
    assert bestil(aftale, oekonomi()) == bestil(aftale, oekonomi(), kode("Gladsaxe"))
    assert Job.objects.count() == 3


@pytest.mark.parametrize(
    ("type_", "kommunekode", "hvorfor"),
    [("kommune", "", "Vælg den kommune"), ("kommune", "0751", "ikke part"), ("rammeaftale", "0101", "om hele aftalen")],
)
def test_secretariat_is_told_what_is_wrong_with_the_municipality(type_: str, kommunekode: str, hvorfor: str) -> None:
    aftale = fabrik.aftale()
    with pytest.raises(UgyldigtInput) as fejl:
        actions.bestil_rapport(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, type_=type_, kommunekode=kommunekode)
    assert hvorfor in fejl.value.felter["kommunekode"][0]
    assert not Job.objects.exists()


def test_municipality_orders_neither_others_nor_other_types_nor_without_the_right_to_see_stays() -> None:
    aftale = situationer.omraade()
    with pytest.raises(UgyldigtInput):
        bestil(aftale, oekonomi(), kode("Herlev"))
    with pytest.raises(IngenAdgang):
        alle.bestil(aftale, oekonomi())
    with pytest.raises(IngenAdgang):
        bestil(aftale, fabrik.sagsbehandler("Gladsaxe"))
    with pytest.raises(IkkeFundet):
        bestil(aftale, fabrik.aktoer(Rolle.OEKONOMI, fabrik.kommune("Odense", i="KKR Syddanmark").organisation))
    with pytest.raises(IkkeFundet):
        bestil(aftale, fabrik.sekretariat("KKR Syddanmark"), kode("Gladsaxe"))
    assert not Job.objects.exists()


@pytest.mark.parametrize("rolle", Rolle)
def test_form_offers_what_the_order_takes(rolle: Rolle) -> None:
    gladsaxe, sekretariat = fabrik.kommune("Gladsaxe").organisation, fabrik.kkr("KKR Hovedstaden").sekretariat
    begge = ("Gladsaxe", "Herlev")
    aftale, uden_version = fabrik.aftale(parter=begge), fabrik.aftale(parter=begge, slug="uden")
    Version.objects.filter(aftale=uden_version).delete()
    forladt = fabrik.aftale(parter=("Herlev",), slug="forladt", fra=fabrik.om(-100), til=fabrik.om(600))
    dengang = Periode(fabrik.om(-100), fabrik.om(-1)).som_range
    Part.objects.create(aftale=forladt, organisation=gladsaxe, periode=dengang)
    fremmed = fabrik.aftale(parter=("Odense",), slug="syddanmark", i="KKR Syddanmark")
    assert sekretariat
    af = fabrik.aktoer(rolle, sekretariat if sekretariat.art in ROLLE_ARTER[rolle] else gladsaxe)
    mulige = product((aftale, forladt, uden_version, fremmed), RAPPORTTYPER, ("", kode("Herlev"), kode("Odense")))
    assert {hvad for hvad in mulige if tages(af, *hvad)} == tilbudt(af)
    assert bool(tilbudt(af)) is (rolle in {Rolle.OEKONOMI, Rolle.SEKRETARIAT}), "the control"


def tilbudt(af: Aktoer) -> set[tuple[Rammeaftale, str, str]]:
    """Agreement, type and municipality of each order the forms can send, but for those about Gladsaxe by its name."""
    form = bestilling(af)
    om = [kommune.pk for kommune in form["kommuner"] if kommune != fabrik.kommune("Gladsaxe")] or [""]
    typer = [(type_.noegle, "") for type_ in form["typer"]]
    typer += [(type_.noegle, hvem) for type_ in form["kommunetyper"] for hvem in om]
    return {(aftale, *hvad) for aftale in form["aftaler"] for hvad in typer}


def tages(af: Aktoer, aftale: Rammeaftale, type_: str, kommunekode: str) -> bool:
    try:
        actions.bestil_rapport(aktoer=af, aftale_id=aftale.pk, type_=type_, kommunekode=kommunekode)
    except (IngenAdgang, IkkeFundet, UgyldigtInput, Konflikt):
        return False
    return True


def test_own_edition_is_seen_by_its_own_authority_alone() -> None:
    egen = lavet(bestil(situationer.omraade(), oekonomi()))
    gladsaxe = fabrik.kommune("Gladsaxe").organisation
    assert ser(oekonomi()) == ser(fabrik.sagsbehandler("Gladsaxe")) == {egen}
    for andre in (
        fabrik.aktoer(Rolle.LAESER, gladsaxe), fabrik.tilbudsleder("Gladsaxe"), oekonomi("Herlev"), fabrik.sekretariat(),
    ):  # fmt: skip
        assert ser(andre) == set(), andre.rolle_navn


def test_secretariats_edition_is_seen_by_the_municipality_too_when_it_is_done() -> None:
    om = bestil(situationer.omraade(), fabrik.sekretariat(), kode("Gladsaxe"))
    gladsaxe = fabrik.kommune("Gladsaxe").organisation
    assert ser(fabrik.aktoer(Rolle.LAESER, gladsaxe)) == set()
    lavet(om)
    assert ser(fabrik.aktoer(Rolle.LAESER, gladsaxe)) == ser(fabrik.sekretariat()) == {om}
    assert ser(oekonomi("Herlev")) == set(), "another party"


def test_database_shows_the_own_edition_to_nobody_else_either() -> None:
    egen = lavet(bestil(situationer.omraade(), oekonomi()))

    def fundet(af: Aktoer) -> tuple[int, int]:
        with transaction.atomic():
            saet_database_aktoer(af)
            return Oejebliksbillede.objects.filter(rapporter=egen).count(), Rapportfil.objects.filter(
                rapport=egen
            ).count()

    assert fundet(oekonomi()) == (1, 1), "the control"
    for andre in (fabrik.sekretariat(), oekonomi("Herlev"), fabrik.tilbudsleder("Gladsaxe")):
        assert fundet(andre) == (0, 0)


def test_report_on_a_municipality_is_never_published() -> None:
    om = lavet(bestil(situationer.omraade(), fabrik.sekretariat(), kode("Gladsaxe")))
    with pytest.raises(Konflikt, match="udgives ikke"):
        actions.goer_endelig(aktoer=fabrik.sekretariat(), rapport_id=om.pk)
    endelig = alle.bestil(om.version.aftale)
    with pytest.raises(IntegrityError, match="rapport_om_kommune_udgives_ikke"), transaction.atomic():
        Rapport.objects.filter(pk=endelig.pk).update(kommune=om.kommune, udkast=om, nummer=1)


def fejlet(rapport: Rapport) -> Rapport:
    with som_systemet("a worker ends the job"):
        Job.objects.filter(pk=rapport.job_id).update(
            status=JobStatus.FEJLET, fejl="Kortet mangler.", afsluttet=fabrik.nu()
        )
    return rapport


def test_municipality_tries_its_own_failed_report_again_and_no_other() -> None:
    aftale = situationer.omraade()
    egen, om = fejlet(bestil(aftale, oekonomi())), fejlet(bestil(aftale, fabrik.sekretariat(), kode("Gladsaxe")))
    for af, andens in ((oekonomi(), om), (fabrik.sekretariat(), egen), (oekonomi("Herlev"), egen)):
        with pytest.raises(IkkeFundet):
            actions.proev_igen(aktoer=af, rapport_id=andens.pk)
    actions.proev_igen(aktoer=oekonomi(), rapport_id=egen.pk)
    assert lavet(egen).sha256


def test_page_offers_each_what_it_may_order_and_leads_to_the_report() -> None:
    aftale = situationer.omraade()
    gladsaxe = klient(Rolle.OEKONOMI, fabrik.kommune("Gladsaxe").organisation)
    html = gladsaxe.get(reverse("rapporter:liste")).content.decode()
    assert "Bestil Kommunens køb og salg" in html
    assert 'name="kommune"' not in html
    svar = gladsaxe.post(reverse("rapporter:bestil"), {"aftale": aftale.slug, "type": "kommune"}, follow=True)
    assert "Annullér" in svar.content.decode()
    rapport = lavet(Rapport.objects.get())
    html = gladsaxe.get(reverse("rapporter:detalje", args=[rapport.pk])).content.decode()
    assert "Intet er skjult" in html
    assert "Gør endelig" not in html
    assert gladsaxe.get(reverse("rapporter:pdf", args=[rapport.pk])).content.startswith(b"%PDF")
    assert gladsaxe.get(reverse("rapporter:oejebliksbillede", args=[rapport.pk])).status_code == 200
    sekretariat = sekretariatets()
    html = sekretariat.get(reverse("rapporter:liste")).content.decode()
    assert f'<option value="{kode("Gladsaxe")}">Gladsaxe</option>' in html
    for navn in ("detalje", "pdf", "oejebliksbillede", "tal"):
        assert sekretariat.get(reverse(f"rapporter:{navn}", args=[rapport.pk])).status_code == 404
    laeser = klient(Rolle.LAESER, fabrik.kommune("Gladsaxe").organisation)
    assert "Bestil" not in laeser.get(reverse("rapporter:liste")).content.decode()


def test_command_takes_the_municipality_and_says_what_is_missing() -> None:
    aftale = situationer.omraade()
    call_command(
        "bestil_rapport", "kommune", "--aftale", aftale.slug, "--kommune", kode("Herlev"), stderr=io.StringIO()
    )
    assert Rapport.objects.get().kommune == fabrik.kommune("Herlev")
    with pytest.raises(CommandError, match="Vælg den kommune"):
        call_command("bestil_rapport", "kommune", "--aftale", aftale.slug, stderr=io.StringIO())


def send(client: Client, aftale: Rammeaftale, **mere: str) -> tuple[int, dict[str, object]]:
    svar = client.post(
        "/api/v1/rapporter",
        {"rammeaftaleId": str(aftale.pk), "type": "kommune", **mere},
        content_type="application/json",
        headers={"idempotency-key": str(uuid4())},
    )
    return svar.status_code, svar.json()


def test_rest_orders_with_the_municipality_and_says_whose_the_report_is() -> None:
    aftale = situationer.omraade()
    status, om = send(klienter.sekretariat(), aftale, kommunekode=kode("Gladsaxe"))
    assert (status, om["kommunekode"], om["egen"]) == (202, kode("Gladsaxe"), False)
    status, fejl = send(klienter.sekretariat(), aftale)
    assert (status, fejl["code"]) == (400, "ugyldig_kommune")
    gladsaxe = fabrik.kommune("Gladsaxe").organisation
    rettigheder = (*klienter.LAES, Rettighed.RAPPORTER_BESTIL)
    uden = klienter.client(klienter.registrer(gladsaxe, Funktion.MYNDIGHED, *rettigheder))
    assert send(uden, aftale)[0] == 403
    med = klienter.client(klienter.registrer(gladsaxe, Funktion.MYNDIGHED, *rettigheder, Rettighed.RESERVATIONER_LAES))
    status, egen = send(med, aftale)
    assert (status, egen["kommunekode"], egen["egen"]) == (202, kode("Gladsaxe"), True)
    assert med.get(f"/api/v1/rapporter/{egen['id']}").status_code == 200
    for andre in (klienter.sekretariat(), uden):
        assert andre.get(f"/api/v1/rapporter/{egen['id']}").status_code == 404
