"""A large file is read by a job: progress, the same draft as a small file's, and nothing half done however the job ends."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, Konflikt
from faelles.job import Fremdrift, fej, koer
from faelles.models import Job, JobStatus
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import nu
from kommuner.models import Bruger
from tests import fabrik
from tests.faelles.regneark.filer import zipbombe
from tests.tilbud.registerimport.situationer import AFDELING, PLADS, TILBUD, bog, forudsaetninger
from tilbud.models import Importtilstand, Registerimport, Tilbud
from tilbud.registerimport import views
from tilbud.registerimport.actions import annuller_laesning, bestil_laesning, godkend, proev_fil, send

pytestmark = pytest.mark.django_db(transaction=True)

PLADSER = 1_200


@pytest.fixture(autouse=True)
def _ord() -> None:
    forudsaetninger()


def stor(pladser: int = PLADSER) -> bytes:
    """A file of so many places in one department."""
    return bog([TILBUD], [AFDELING], [{**PLADS, "Id": f"P{nr}", "Betegnelse": f"Bolig {nr}"} for nr in range(pladser)])


def bestilt(fil: bytes | None = None, *, af: Aktoer | None = None, filnavn: str = "fil.xlsx") -> Registerimport:
    """A file on its way."""
    return bestil_laesning(aktoer=af or fabrik.tilbudsleder(), fil=fil or stor(), filnavn=filnavn)


def nu_er(registerimport: Registerimport) -> Registerimport:
    """The import as it is in the database now."""
    with som_systemet("the test looks"):
        return Registerimport.objects.for_systemet("the test looks").select_related("job").get(pk=registerimport.pk)


def egne(af: Aktoer) -> list[Registerimport]:
    """What she sees."""
    with transaction.atomic():
        return list(Registerimport.objects.synlige_for(af))


def laes(registerimport: Registerimport) -> Registerimport:
    """The worker has had its turn."""
    assert registerimport.job_id is not None
    koer(registerimport.job_id)
    return nu_er(registerimport)


def klient(aktoer: Aktoer) -> Client:
    ny = Client()
    ny.force_login(Bruger.objects.get(pk=aktoer.identitet.removeprefix("bruger:")))
    return ny


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def melder(monkeypatch: pytest.MonkeyPatch, goer: Callable[[str, int, int], object]) -> None:
    """Do this too, each time the job says how far it is."""
    meld = Fremdrift.meld

    def med(selv: Fremdrift, trin: str, naaet: int, i_alt: int) -> None:
        goer(trin, naaet, i_alt)
        meld(selv, trin, naaet, i_alt)

    monkeypatch.setattr(Fremdrift, "meld", med)


def test_large_file_goes_through_the_pages_and_gives_the_draft_a_small_one_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "STRAKS", 1_000)
    af = fabrik.tilbudsleder()
    leder = klient(af)
    svar = leder.post(reverse("tilbud:ny_import"), {"fil": SimpleUploadedFile("fil.xlsx", stor())})
    url = svar["Location"]
    for _ in range(2):  # it survives a reload
        assert "Venter på at begynde" in tekst(leder.get(url))
    del_ = leder.get(url, headers={"HX-Request": "true"})
    assert del_.content.decode().lstrip().startswith('<div class="fremdrift')
    assert "Filen læses" in tekst(leder.get(reverse("tilbud:importer")))
    trin: list[tuple[str, int, int]] = []
    melder(monkeypatch, lambda *maal: trin.append(maal))
    kladde = laes(egne(af)[0])
    i_alt = PLADSER + 2
    assert trin == [
        ("Åbner filen", 0, 0),
        ("Læser rækker", 502, i_alt),
        ("Læser rækker", 1002, i_alt),
        ("Sammenligner med registret", i_alt, i_alt),
    ]
    assert leder.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "Filen er i orden" in tekst(leder.get(url))
    assert (kladde.tilstand, kladde.fil, kladde.nye) == (Importtilstand.KLADDE, None, i_alt)
    assert kladde.sha256 == proev_fil(aktoer=fabrik.tilbudsleder(), fil=stor(), filnavn="fil.xlsx").sha256
    godkend(aktoer=fabrik.tilbudsleder(), import_id=send(aktoer=af, import_id=kladde.pk).pk)
    assert Tilbud.objects.get().afdelinger.get().pladser.count() == PLADSER


def test_killed_halfway_and_begun_again_gives_one_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    registerimport = bestilt()

    def doer(trin: str, naaet: int, _i_alt: int) -> None:
        if (trin, naaet) == ("Læser rækker", 1002):
            raise SystemExit  # as a killed worker: no except clause of ours runs

    with monkeypatch.context() as draebt:
        melder(draebt, doer)
        with pytest.raises(SystemExit):
            laes(registerimport)
    assert nu_er(registerimport).tilstand == Importtilstand.LAESES
    with freeze_time(nu() + timedelta(seconds=61)):
        assert fej() == [registerimport.job_id]
        faerdig = laes(registerimport)
        assert laes(registerimport) == faerdig, "called once more it does nothing"
    assert (faerdig.tilstand, faerdig.nye, faerdig.job and faerdig.job.forsoeg) == ("kladde", PLADSER + 2, 2)


def test_cancelled_before_or_while_it_is_read_changes_nothing_and_lets_the_file_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    af = fabrik.tilbudsleder()
    foer = bestilt(af=af)
    url = reverse("tilbud:import", args=[foer.pk])
    assert "Annulleret" in tekst(klient(af).post(reverse("tilbud:annuller_import", args=[foer.pk]), follow=True))
    assert "Indlæs en anden fil" in tekst(klient(af).get(url))
    assert (laes(foer).tilstand, laes(foer).fil) == (Importtilstand.LAESES, None)
    undervejs = bestilt(af=af)

    def annullerer(trin: str, _naaet: int, _i_alt: int) -> None:
        if trin == "Læser rækker":
            annuller_laesning(aktoer=af, import_id=undervejs.pk)

    melder(monkeypatch, annullerer)
    stoppet = laes(undervejs)
    assert (stoppet.tilstand, stoppet.fil, stoppet.job and stoppet.job.status) == ("laeses", None, JobStatus.ANNULLERET)
    with pytest.raises(Konflikt):
        annuller_laesning(aktoer=af, import_id=undervejs.pk)


@pytest.mark.parametrize(
    ("fil", "filnavn", "ventet"),
    [
        (("Id;Navn\r\n" + "T;N\r\n" * 20_001).encode(), "FIL.CSV", "flere end 20.000 rækker"),
        (zipbombe(), "fil.xlsx", "fylder for meget"),
        (";".join(PLADS).encode(), "fil.csv", "ingen rækker"),
    ],
    ids=["20.001 rækker", "zipbombe", "ingen rækker"],
)
def test_file_that_cannot_be_taken_is_refused_on_the_page_and_let_go(fil: bytes, filnavn: str, ventet: str) -> None:
    af = fabrik.tilbudsleder()
    afvist = laes(bestilt(fil, af=af, filnavn=filnavn))
    side = tekst(klient(af).get(reverse("tilbud:import", args=[afvist.pk])))
    assert ventet in side
    assert "Indlæs en anden fil" in side
    assert (afvist.tilstand, afvist.fil) == (Importtilstand.LAESES, None)


def test_faults_stand_as_with_a_small_file_and_a_new_file_takes_the_place_of_the_one_being_read() -> None:
    af = fabrik.tilbudsleder()
    foerste = bestilt(af=af)
    assert foerste.job_id is not None
    anden = bestilt(bog([{**TILBUD, "Hjemler": "SEL-0"}]), af=af)
    with som_systemet("the test looks"):
        assert Job.objects.get(pk=foerste.job_id).status == JobStatus.ANNULLERET
    laest = laes(anden)
    assert laest.tilstand == Importtilstand.KLADDE
    assert "står ikke på listen" in tekst(klient(af).get(reverse("tilbud:import", args=[anden.pk])))
    proev_fil(aktoer=af, fil=bog([TILBUD]), filnavn="fil.xlsx")
    assert len(egne(af)) == 1


def test_what_is_read_is_for_the_one_who_sent_it_and_within_her_own_offers() -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe", ekstern_id="T9")
    snaever = fabrik.tilbudsleder_for(tilbud)
    registerimport = bestilt(af=snaever)
    kollega = fabrik.tilbudsleder()
    assert egne(kollega) == []
    with transaction.atomic():
        saet_database_aktoer(kollega)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM tilbud_registerimport")
            assert cursor.fetchone() == (0,)
    with pytest.raises(IkkeFundet):
        annuller_laesning(aktoer=kollega, import_id=registerimport.pk)
    laest = laes(registerimport)
    assert any("Er et af de tilbud, du arbejder med" in fejl[4] for fejl in laest.fejl)
    with pytest.raises(IntegrityError, match="registerimport_fil_kun_mens_den_laeses"), transaction.atomic():
        Registerimport.objects.for_systemet("test").filter(pk=laest.pk).update(fil=b"x")
