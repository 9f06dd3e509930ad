"""The report job: one PDF whatever happens on the way, and nothing half-stored."""

import dataclasses
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from pypdf import PdfReader

from faelles import job
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse, Job, JobStatus
from faelles.scope import som_systemet
from kommuner.models import Bruger, Kommune
from rammeaftale.models import Version
from rammeaftale.rapporter import filer, kapitler
from rammeaftale.rapporter.actions import bestil_rapport, proev_igen
from rammeaftale.rapporter.emne import Emne
from rammeaftale.rapporter.fremstilling import Pdffremstiller
from rammeaftale.rapporter.job import frys
from rammeaftale.rapporter.kanonisk import kontrolsum
from rammeaftale.rapporter.models import Kapitel, Kapitelfil, Oejebliksbillede, Rapport, Rapportfil
from rammeaftale.rapporter.register import Kapitelkilde
from tests import fabrik
from tests.rammeaftale.rapporter import situationer

pytestmark = pytest.mark.django_db(transaction=True)
ROD = Path(__file__).parents[3]


def og_slip(goer: Callable[[], object]) -> None:
    """Do it in a thread of its own, which leaves no connection behind."""
    try:
        goer()
    finally:
        connection.close()


def paa_trinnet(monkeypatch: pytest.MonkeyPatch, trin: str, goer: Callable[[], object]) -> None:
    """Something happens elsewhere, on a connection of its own, the first time the job reaches a step of the making."""
    rigtig: Callable[..., Any] = getattr(Pdffremstiller, trin)
    mangler = [goer]

    def indskudt(self: Pdffremstiller, *argumenter: Any) -> Any:
        if mangler:
            with ThreadPoolExecutor(1) as traad:  # a long step has no database itself
                traad.submit(og_slip, mangler.pop()).result()
        return rigtig(self, *argumenter)

    monkeypatch.setattr(Pdffremstiller, trin, indskudt)


def intet_er_gemt(rapport: Rapport) -> bool:
    rapport.refresh_from_db()
    return (
        not rapport.sha256
        and not Rapportfil.objects.exists()
        and not Haendelse.objects.filter(type="rapport.faerdig").exists()
    )


def test_finished_report_has_its_pdf_checksum_snapshot_and_event() -> None:
    rapport = situationer.bestil(situationer.omraade())
    job.koer(rapport.job_id)
    rapport.refresh_from_db()
    assert rapport.job.status == JobStatus.FAERDIG
    pdf = filer.laes(rapport.fil)
    assert pdf.startswith(b"%PDF")
    assert rapport.sha256 == kontrolsum(pdf)
    assert rapport.oejebliksbillede is not None
    assert rapport.oejebliksbillede.sha256 == kontrolsum(rapport.oejebliksbillede.data.encode())
    assert rapport.sider
    assert rapport.sider > 9
    assert rapport.biblioteker["weasyprint"]
    assert Haendelse.objects.filter(type="rapport.faerdig", entitet_id=str(rapport.id)).count() == 1


def test_order_while_one_is_being_made_gives_the_same_report() -> None:
    aftale = situationer.omraade()
    foerste = situationer.bestil(aftale)
    assert situationer.bestil(aftale) == foerste
    job.koer(foerste.job_id)
    assert situationer.bestil(aftale) != foerste
    assert Job.objects.count() == 2


def test_report_is_ordered_by_the_own_secretariat_only() -> None:
    aftale = fabrik.aftale()
    with pytest.raises(IngenAdgang):
        situationer.bestil(aftale, fabrik.sagsbehandler())
    with pytest.raises(IkkeFundet):
        situationer.bestil(aftale, fabrik.sekretariat("KKR Midtjylland"))
    assert not Job.objects.exists()


def test_unknown_type_and_agreement_without_version_are_refused() -> None:
    aftale, af = fabrik.aftale(), fabrik.sekretariat()
    with pytest.raises(UgyldigtInput):
        bestil_rapport(aktoer=af, aftale_id=aftale.id, type_="ukendt")
    Version.objects.all().delete()
    with pytest.raises(Konflikt):
        bestil_rapport(aktoer=af, aftale_id=aftale.id, type_="rammeaftale")


def test_cancelled_report_stores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    aftale, af = situationer.omraade(), fabrik.sekretariat()
    rapport = situationer.bestil(aftale, af)
    paa_trinnet(monkeypatch, "saet", lambda: job.annuller(job_id=rapport.job_id, aktoer=af))
    job.koer(rapport.job_id)
    assert intet_er_gemt(rapport)
    assert rapport.job.status == JobStatus.ANNULLERET


def bliver_tavs() -> None:
    """The job gives no sign of life for longer than the sweep waits."""
    with som_systemet("the worker has gone silent"):
        Job.objects.update(hjerteslag=fabrik.nu() - 2 * job.TAVSHED_FOER_GENSTART)


def test_attempt_that_has_been_taken_over_lets_go_and_the_other_one_finishes(monkeypatch: pytest.MonkeyPatch) -> None:
    rapport = situationer.bestil(situationer.omraade())

    def overtag() -> None:
        """The sweep thinks the first attempt dead, and a second one runs to its end."""
        bliver_tavs()
        assert job.fej() == [rapport.job_id]
        job.koer(rapport.job_id)

    paa_trinnet(monkeypatch, "tegn", overtag)
    job.koer(rapport.job_id)
    rapport.refresh_from_db()
    assert (rapport.job.status, rapport.job.forsoeg) == (JobStatus.FAERDIG, 2)
    assert Rapportfil.objects.count() == Oejebliksbillede.objects.count() == 1
    assert Haendelse.objects.filter(type="rapport.faerdig").count() == 1


def test_inaccessible_pdf_fails_the_job_with_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    rapport = situationer.bestil(situationer.omraade())
    monkeypatch.setattr(Pdffremstiller, "kontroller", lambda *_: ("Dokumentet mangler sprog (Lang).",))
    job.koer(rapport.job_id)
    assert intet_er_gemt(rapport)
    assert rapport.job.status == JobStatus.FEJLET
    assert "Dokumentet mangler sprog (Lang)." in rapport.job.fejl


def test_failed_chapter_is_named_and_the_next_try_sets_that_one_only(monkeypatch: pytest.MonkeyPatch) -> None:
    af = fabrik.sekretariat()
    rapport = situationer.bestil(situationer.omraade(), af)
    sat: list[str] = []
    rigtig = Pdffremstiller.saet

    def saet(self: Pdffremstiller, kilde: bytes) -> bytes:
        titel = json.loads(kilde)["titel"]
        if "niveauer" in titel and not any("niveauer" in tidligere for tidligere in sat):
            sat.append(titel)
            raise ValueError("Der er for mange serier.")
        sat.append(titel)
        return rigtig(self, kilde)

    monkeypatch.setattr(Pdffremstiller, "saet", saet)
    job.koer(rapport.job_id)
    assert intet_er_gemt(rapport)
    assert rapport.job.status == JobStatus.FEJLET
    assert (
        "De tre niveauer af specialisering« kunne ikke sættes: ValueError: Der er for mange serier." in rapport.job.fejl
    )
    frosset, foerste = rapport.oejebliksbillede_id, len(sat)
    assert foerste == 12
    fabrik.tilbud("Nyt tilbud", i="Gladsaxe")  # after the data date
    proev_igen(aktoer=af, rapport_id=rapport.id)
    job.koer(rapport.job_id)
    rapport.refresh_from_db()
    assert rapport.job.status == JobStatus.FAERDIG
    assert [("niveauer" in titel) for titel in sat[foerste:]] == [True]
    assert rapport.oejebliksbillede_id == frosset
    assert not Kapitel.objects.exists()


def test_only_a_failed_report_is_tried_again_and_not_beside_a_newer_one() -> None:
    aftale, af = situationer.omraade(), fabrik.sekretariat()
    rapport = situationer.bestil(aftale, af)
    with pytest.raises(Konflikt):
        proev_igen(aktoer=af, rapport_id=rapport.id)
    with som_systemet("the job has failed"):
        Job.objects.update(status=JobStatus.FEJLET, afsluttet=fabrik.nu())
    situationer.bestil(aftale, af)
    with pytest.raises(Konflikt, match="nyere"):
        proev_igen(aktoer=af, rapport_id=rapport.id)
    with pytest.raises(IkkeFundet):
        proev_igen(aktoer=fabrik.sekretariat("KKR Midtjylland"), rapport_id=rapport.id)
    with pytest.raises(IngenAdgang):
        proev_igen(aktoer=fabrik.sagsbehandler(), rapport_id=rapport.id)


def test_helper_and_owner_share_the_chapters_and_each_is_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rapport = situationer.bestil(situationer.omraade())
    sat: list[bytes] = []
    kaldt: list[int] = []
    rigtig = Pdffremstiller.saet

    def saet(self: Pdffremstiller, kilde: bytes) -> bytes:
        sat.append(kilde)
        return rigtig(self, kilde)

    monkeypatch.setattr(Pdffremstiller, "saet", saet)

    def kald(rapport_id: UUID, forsoeg: int) -> None:
        kaldt.append(forsoeg)
        if len(kaldt) < 4:
            kapitler.hjaelp(rapport_id, forsoeg)

    monkeypatch.setattr(kapitler, "_hjaelp", [kald])
    job.koer(rapport.job_id)
    rapport.refresh_from_db()
    assert rapport.job.status == JobStatus.FAERDIG
    assert len(sat) == len(set(sat)) == rapport.job.i_alt - 5
    assert kaldt == [1] * (len(sat) - 1)


def test_helper_that_comes_too_late_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rapport = situationer.bestil(situationer.omraade())
    monkeypatch.setattr(Pdffremstiller, "saet", lambda *_: pytest.fail("satte et kapitel"))
    kapitler.hjaelp(rapport.id, 1)
    assert not Kapitelfil.objects.exists()


def test_report_shows_the_snapshot_though_data_have_changed_since(monkeypatch: pytest.MonkeyPatch) -> None:
    rapport = situationer.bestil(situationer.omraade())
    paa_trinnet(monkeypatch, "tegn", lambda: Kommune.objects.filter(kortnavn="Gladsaxe").update(kortnavn="Omdøbt"))
    job.koer(rapport.job_id)
    rapport.refresh_from_db()
    hele = " ".join(side.extract_text() for side in PdfReader(io.BytesIO(filer.laes(rapport.fil))).pages)
    assert "Gladsaxe" in hele
    assert "Omdøbt" not in hele


def test_chapters_nobody_needs_are_forgotten() -> None:
    aftale, af = situationer.omraade(), fabrik.sekretariat()
    annulleret = situationer.bestil(aftale, af)
    kapitler.skriv(annulleret, [Kapitelkilde("Et", b"1")])
    job.annuller(job_id=annulleret.job_id, aktoer=af)
    i_gang = situationer.bestil(aftale, af)
    kapitler.skriv(i_gang, [Kapitelkilde("To", b"2")])
    Kapitelfil.objects.create(sha256="gammel", pdf=b"", brugt=fabrik.nu() - 2 * kapitler.GEMMES)
    Kapitelfil.objects.create(sha256="ny", pdf=b"")
    kapitler.ryd()
    assert [kapitel.titel for kapitel in Kapitel.objects.all()] == ["To"]
    assert [fil.sha256 for fil in Kapitelfil.objects.all()] == ["ny"]


def test_the_one_who_ordered_is_told_when_it_is_done_and_when_it_fails(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    aftale = situationer.omraade()
    bruger = Bruger.objects.create_user("anna@example.dk", "hemmeligt-og-langt")
    af = dataclasses.replace(fabrik.sekretariat(), identitet=f"bruger:{bruger.pk}")
    rapport = situationer.bestil(aftale, af)
    monkeypatch.setattr(Pdffremstiller, "kontroller", lambda *_: ("Dokumentet mangler sprog (Lang).",))
    job.koer(rapport.job_id)
    monkeypatch.undo()
    proev_igen(aktoer=af, rapport_id=rapport.id)
    job.koer(rapport.job_id)
    assert [(brev.to, brev.subject.split(":")[0]) for brev in mailoutbox] == [
        (["anna@example.dk"], "Rapporten kunne ikke laves"),
        (["anna@example.dk"], "Rapporten er færdig"),
    ]
    assert "mangler sprog" in mailoutbox[0].body
    assert all(f"/rapporter/{rapport.id}/" in brev.body for brev in mailoutbox)


def test_data_are_frozen_once_even_by_two_attempts() -> None:
    rapport = situationer.bestil(situationer.omraade())
    assert frys(rapport) == frys(rapport)
    assert Oejebliksbillede.objects.count() == 1


def test_snapshot_is_read_in_one_repeatable_transaction_that_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    rapport = situationer.bestil(situationer.omraade())
    set_ = {}

    def kig(emne: Emne, _oejeblik: object) -> dict[str, str]:
        with connection.cursor() as cursor:
            for navn in ("transaction_isolation", "transaction_read_only"):
                cursor.execute(f"SHOW {navn}")
                set_[navn] = cursor.fetchone()[0]
        return {"version": str(emne.version.id)}

    monkeypatch.setattr(
        "rammeaftale.rapporter.job.rapporttype",
        lambda _: type("T", (), {"saml": staticmethod(kig), "noegle": "x", "skema_version": 1}),
    )
    assert json.loads(frys(rapport).data) == {"version": str(rapport.version_id)}
    assert set_ == {"transaction_isolation": "repeatable read", "transaction_read_only": "on"}


# --- A real worker, really killed ---------------------------------------------------------------------------------------
