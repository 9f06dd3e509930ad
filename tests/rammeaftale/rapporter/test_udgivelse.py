"""From draft to published report: the watermark, the number, what is locked, who may read it, and taking it back."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from faelles import job
from faelles.dokument.tjek import tjek_pdf
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse, JobStatus
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter import filer
from rammeaftale.rapporter.actions import goer_endelig, proev_igen, traek_tilbage
from rammeaftale.rapporter.kanonisk import kontrolsum
from rammeaftale.rapporter.models import Rapport, Rapportfil, Tilbagetraekning, Udgivelse
from rammeaftale.rapporter.register import Kapitelkilde, Manuskript, fremstiller
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.rapporter.test_sider import laeser
from tests.rammeaftale.test_sider import sekretariat

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Attrap:
    """Makes a report of one page in no time; `problem` keeps it from being stored."""

    problem: str = ""

    def tegn(self, _data: str) -> dict[str, bytes]:
        return {}

    def opdel(self, data: str, _billeder: object, manuskript: Manuskript) -> "Attrapopdeling":
        return Attrapopdeling(f"%PDF {manuskript.udgave} {kontrolsum(data.encode())}".encode())

    def saet(self, kilde: bytes) -> bytes:
        return kilde

    def kontroller(self, _pdf: bytes) -> tuple[str, ...]:
        return (self.problem,) if self.problem else ()

    def antal_sider(self, _pdf: bytes) -> int:
        return 1

    def biblioteker(self) -> dict[str, str]:
        return {}


@dataclass
class Attrapopdeling:
    pdf: bytes
    kapitler: tuple[Kapitelkilde, ...] = ()

    def flet(self, _kapitler: Sequence[bytes]) -> bytes:
        return self.pdf


@pytest.fixture
def attrap(monkeypatch: pytest.MonkeyPatch) -> Attrap:
    """How a report is set is tested by itself."""
    attrap = Attrap()
    monkeypatch.setattr("rammeaftale.rapporter.job.fremstiller", lambda _: attrap)
    return attrap


def lav(rapport: Rapport) -> Rapport:
    """A worker makes it."""
    job.koer(rapport.job_id)
    return Rapport.objects.select_related("job", "oejebliksbillede").get(pk=rapport.pk)


@pytest.fixture
def aftale(attrap: Attrap) -> Rammeaftale:
    return situationer.omraade()


@pytest.fixture
def udkast(aftale: Rammeaftale) -> Rapport:
    return lav(situationer.bestil(aftale))


def endelig(udkast: Rapport) -> Rapport:
    """The final of the draft, made and published."""
    return lav(goer_endelig(aktoer=fabrik.sekretariat(), rapport_id=udkast.pk))


def vandmaerker(pdf: bytes) -> int:
    """How many pages have one, painted first, as an artifact."""
    with pikepdf.open(io.BytesIO(pdf)) as aaben:
        return sum(
            bytes(side.Contents[0].read_bytes()).startswith(b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC")
            if isinstance(side.Contents, pikepdf.Array)
            else False
            for side in aaben.pages
        )


def test_draft_says_so_on_every_page_and_stays_accessible() -> None:
    data = situationer.data(situationer.omraade())
    pdf, uden = situationer.lav(data), situationer.lav(data, manuskript=Manuskript(2))
    sider = PdfReader(io.BytesIO(pdf)).pages
    assert (vandmaerker(pdf), vandmaerker(uden)) == (len(sider), 0)
    assert tjek_pdf(pdf) == tjek_pdf(uden) == ()
    assert "Nr. 2, afløser nr. 1" in PdfReader(io.BytesIO(uden)).pages[0].extract_text()


def test_final_and_draft_have_the_same_chapters() -> None:
    data, maskine = situationer.data(situationer.omraade()), fremstiller("rammeaftale")
    billeder = maskine.tegn(data)
    som_udkast, som_endelig = (maskine.opdel(data, billeder, Manuskript(nr)).kapitler for nr in (None, 3))
    assert som_udkast == som_endelig, "so that nothing has to be set again"


def test_final_is_made_of_the_drafts_data_numbered_and_published(aftale: Rammeaftale, udkast: Rapport) -> None:
    fabrik.tilbud("Kom til bagefter", i="Gladsaxe")
    ny = endelig(udkast)
    assert (ny.job.status, ny.nummer, ny.udkast_id) == (JobStatus.FAERDIG, 1, udkast.pk)
    assert ny.oejebliksbillede_id == udkast.oejebliksbillede_id
    assert filer.laes(ny.fil).startswith(b"%PDF Nr. 1 ")
    assert filer.laes(udkast.fil).startswith(b"%PDF Udkast ")
    udgivelse = Udgivelse.objects.get()
    assert (udgivelse.rapport_id, udgivelse.aftale_id, udgivelse.type, udgivelse.nummer) == (
        ny.pk, aftale.pk, "rammeaftale", 1,
    )  # fmt: skip
    assert Haendelse.objects.filter(type="rapport.udgivet", entitet_id=str(ny.pk)).count() == 1
    assert endelig(lav(situationer.bestil(aftale))).nummer == 2


def test_same_order_twice_is_one_final_and_another_draft_waits(aftale: Rammeaftale, udkast: Rapport) -> None:
    andet = lav(situationer.bestil(aftale))
    af = fabrik.sekretariat()
    foerste = goer_endelig(aktoer=af, rapport_id=udkast.pk)
    assert goer_endelig(aktoer=af, rapport_id=udkast.pk) == foerste
    with pytest.raises(Konflikt, match="En anden rapport"):
        goer_endelig(aktoer=af, rapport_id=andet.pk)
    assert situationer.bestil(aftale) != foerste, "a draft may be ordered meanwhile"


def test_number_of_a_final_that_came_to_nothing_is_used_by_the_next(
    aftale: Rammeaftale, udkast: Rapport, attrap: Attrap
) -> None:
    af = fabrik.sekretariat()
    job.annuller(job_id=goer_endelig(aktoer=af, rapport_id=udkast.pk).job_id, aktoer=af)
    attrap.problem = "Dokumentet mangler sprog (Lang)."
    fejlet = endelig(udkast)
    attrap.problem = ""
    assert (fejlet.job.status, fejlet.nummer, Udgivelse.objects.count()) == (JobStatus.FEJLET, 1, 0)
    assert endelig(lav(situationer.bestil(aftale))).nummer == 1
    proev_igen(aktoer=af, rapport_id=fejlet.pk)
    assert lav(fejlet).nummer == 2
    assert list(Udgivelse.objects.order_by("nummer").values_list("nummer", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("stand", "siger"),
    [
        ("i_koe", "ikke færdigt"),
        ("endelig", "endelig allerede"),
        ("udgivet", "allerede udgivet som nr. 1"),
        ("gammel", "ældre udgave"),
    ],
)
def test_only_a_finished_draft_of_this_version_of_the_platform_becomes_final(
    aftale: Rammeaftale, stand: str, siger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rapport = situationer.bestil(aftale)
    if stand != "i_koe":
        rapport = lav(rapport)
    if stand in {"endelig", "udgivet"}:
        final = endelig(rapport)
        rapport = final if stand == "endelig" else rapport
    if stand == "gammel":
        monkeypatch.setattr(
            "rammeaftale.rapporter.actions.rapporttype",
            lambda _: type("T", (), {"skabelon_version": "nyere", "skema_version": 1}),
        )
    foer = Rapport.objects.count()
    with pytest.raises(Konflikt, match=siger):
        goer_endelig(aktoer=fabrik.sekretariat(), rapport_id=rapport.pk)
    assert Rapport.objects.count() == foer


def test_finished_report_publication_and_withdrawal_are_locked_in_the_database(udkast: Rapport) -> None:
    ny = endelig(udkast)
    traek_tilbage(aktoer=fabrik.sekretariat(), rapport_id=ny.pk, grund="Forkerte tal")
    forsoeg: list[Callable[[], Any]] = [
        lambda: Rapport.objects.filter(pk=udkast.pk).update(sider=1),
        lambda: Rapport.objects.filter(pk=ny.pk).update(nummer=7),
        lambda: Udgivelse.objects.update(nummer=7),
        lambda: Udgivelse.objects.all().delete(),
        lambda: Tilbagetraekning.objects.update(grund="Ingen"),
        lambda: Tilbagetraekning.objects.all().delete(),
    ]
    for goer in forsoeg:
        with pytest.raises(DatabaseError), transaction.atomic():
            goer()
    for halvt in ({"nummer": 1}, {"udkast": udkast}, {"udkast": udkast, "nummer": 0}):
        with pytest.raises(IntegrityError, match="rapport_endelig_har_udkast_og_nummer"), transaction.atomic():
            Rapport.objects.create(type="rammeaftale", version=udkast.version, job=udkast.job, **halvt)


def test_only_the_own_secretariat_makes_final_and_withdraws(udkast: Rapport) -> None:
    fremmed = fabrik.sekretariat("KKR Midtjylland")
    for gerning, andet in ((goer_endelig, {}), (traek_tilbage, {"grund": "Forkerte tal"})):
        with pytest.raises(IngenAdgang):
            gerning(aktoer=fabrik.sagsbehandler(), rapport_id=udkast.pk, **andet)
        with pytest.raises(IkkeFundet):
            gerning(aktoer=fremmed, rapport_id=udkast.pk, **andet)
    assert not Udgivelse.objects.exists()


def test_withdrawal_needs_a_published_report_and_a_reason_without_cpr(udkast: Rapport) -> None:
    af, ny = fabrik.sekretariat(), endelig(udkast)
    with pytest.raises(Konflikt, match="ikke udgivet"):
        traek_tilbage(aktoer=af, rapport_id=udkast.pk, grund="Forkerte tal")
    for grund in (" ", "Om 010190-1234"):
        with pytest.raises(UgyldigtInput) as fejl:
            traek_tilbage(aktoer=af, rapport_id=ny.pk, grund=grund)
        assert list(fejl.value.felter) == ["grund"]
    traek_tilbage(aktoer=af, rapport_id=ny.pk, grund="Forkerte tal")
    with pytest.raises(Konflikt, match="allerede"):
        traek_tilbage(aktoer=af, rapport_id=ny.pk, grund="Igen")
    assert Haendelse.objects.filter(type="rapport.trukket_tilbage", entitet_id=str(ny.pk)).count() == 1
    assert endelig(udkast).nummer == 2, "what is withdrawn may come again, with a number of its own"


def test_anybody_reads_what_is_published_and_nothing_else(aftale: Rammeaftale, udkast: Rapport) -> None:
    ny = endelig(udkast)
    anonym = Client()
    side, pdf = (reverse(f"rapporter:{navn}", args=[ny.pk]) for navn in ("udgivet", "udgivet_pdf"))
    html = anonym.get(side).content.decode()
    for ord_ in (aftale.titel, "Rammeaftale nr. 1", kontrolsum(filer.laes(ny.fil)), f"http://testserver{side}", pdf):
        assert ord_ in html
    svar = anonym.get(pdf)
    assert (svar.content, svar["Content-Type"]) == (filer.laes(ny.fil), "application/pdf")
    assert anonym.head(pdf).status_code == 200
    for navn in ("udgivet", "udgivet_pdf"):
        assert anonym.get(reverse(f"rapporter:{navn}", args=[udkast.pk])).status_code == 404
    igen = goer_endelig(aktoer=fabrik.sekretariat(), rapport_id=lav(situationer.bestil(aftale)).pk)
    assert anonym.get(reverse("rapporter:udgivet", args=[igen.pk])).status_code == 404, "not before it is done"
    lav(igen)
    assert "Afløst af" in anonym.get(side).content.decode()
    assert "Afløser" in anonym.get(reverse("rapporter:udgivet", args=[igen.pk])).content.decode()


def test_withdrawn_report_keeps_its_address_and_says_why(udkast: Rapport) -> None:
    ny = endelig(udkast)
    traek_tilbage(aktoer=fabrik.sekretariat(), rapport_id=ny.pk, grund="Tallene for <Herlev> er forkerte")
    html = Client().get(reverse("rapporter:udgivet", args=[ny.pk])).content.decode()
    assert "Tallene for &lt;Herlev&gt; er forkerte" in html
    assert "Åbn rapporten" not in html
    assert Client().get(reverse("rapporter:udgivet_pdf", args=[ny.pk])).status_code == 404
    assert laeser().get(reverse("rapporter:pdf", args=[ny.pk])).content == filer.laes(Rapportfil.objects.get(pk=ny.pk))
    assert "Nr. 1, trukket tilbage" in laeser().get(reverse("rapporter:liste")).content.decode()


def test_secretariat_makes_final_and_withdraws_on_its_pages(udkast: Rapport) -> None:
    hvem, af_udkast = sekretariat(), reverse("rapporter:detalje", args=[udkast.pk])
    goer = reverse("rapporter:endelig", args=[udkast.pk])
    assert goer in hvem.get(af_udkast).content.decode()
    assert goer not in laeser().get(af_udkast).content.decode()
    assert "kan ikke ændres eller slettes" in hvem.get(goer).content.decode()
    assert Rapport.objects.count() == 1, "asking is not doing"
    svar = hvem.post(goer, follow=True)
    ny = lav(Rapport.objects.get(udkast=udkast))
    assert svar.redirect_chain == [(reverse("rapporter:detalje", args=[ny.pk]), 302)]
    side = hvem.get(reverse("rapporter:detalje", args=[ny.pk])).content.decode()
    assert reverse("rapporter:udgivet", args=[ny.pk]) in side
    traek = reverse("rapporter:tilbagetraekning", args=[ny.pk])
    assert traek in side
    assert hvem.post(traek, {"grund": ""}).status_code == 422
    svar = hvem.post(traek, {"grund": "Forkerte tal"}, follow=True)
    assert "Rapporten er trukket tilbage." in svar.content.decode()
    assert "Forkerte tal" in svar.content.decode()
    igen = hvem.post(traek, {"grund": "Forkerte tal"})
    assert (igen.status_code, "allerede trukket tilbage" in igen.content.decode()) == (422, True)


def test_system_of_the_secretariat_publishes_and_withdraws_over_rest(udkast: Rapport) -> None:
    client, parten = klienter.sekretariat(), klienter.myndighed()
    assert client.get(f"/api/v1/rapporter/{udkast.pk}").json()["nummer"] is None
    svar = client.post(f"/api/v1/rapporter/{udkast.pk}/udgivelser")
    ny = Rapport.objects.get(udkast=udkast)
    assert (svar.status_code, svar["Location"]) == (202, f"/api/v1/rapporter/{ny.pk}")
    assert (svar.json()["nummer"], svar.json()["udgivet"], svar.json()["offentligAdresse"]) == (1, None, None)
    lav(ny)
    rapport = parten.get(svar["Location"]).json()
    assert rapport["udkastId"] == str(udkast.pk)
    assert Client().get(rapport["offentligAdresse"]).status_code == 200
    igen = client.post(f"/api/v1/rapporter/{udkast.pk}/udgivelser")
    assert (igen.status_code, igen.json()["code"]) == (409, "rapport_er_udgivet")
    sti = f"/api/v1/rapporter/{ny.pk}/tilbagetraekninger"
    assert parten.post(sti, {"grund": "Nej"}, content_type="application/json").status_code == 403
    trukket = client.post(sti, {"grund": "Forkerte tal"}, content_type="application/json")
    assert trukket.status_code == 200
    assert trukket.json()["tilbagetraekningsgrund"] == "Forkerte tal"
    assert trukket.json()["trukketTilbage"]
