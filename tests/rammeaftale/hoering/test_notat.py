"""The note on a hearing: ordered by the secretariat, made by the worker, read by the parties; tagged, and nothing in it comes to life."""

import io
from html import unescape
from importlib import import_module

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from faelles import job
from faelles.dokument.tjek import tjek_pdf
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from kommuner.models import Rolle
from rammeaftale.hoering.actions import (
    Modtagerindhold,
    afslut,
    behandl,
    bestil_notat,
    nyt_link,
    ret_hoering,
    tilfoej_modtagere,
)
from rammeaftale.hoering.actions.svar import Afgivet
from rammeaftale.hoering.breve import send_links
from rammeaftale.hoering.job import laes_da
from rammeaftale.hoering.notat import dokument, saet
from rammeaftale.hoering.queries import vis
from rammeaftale.hoering.regler import Behandlingsudfald, Modtagerart
from rammeaftale.models import Hoering, Hoeringsbemaerkning, Hoeringsnotat, Hoeringsnotatfil, Klausulvilkaar
from tests import fabrik
from tests.rammeaftale.hoering.situationer import (
    HANDICAPRAAD,
    ORGANISATION,
    PDF,
    besvar,
    indhold,
    kladde,
    klausuler,
    noegle,
    sendt,
    udkast,
)
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db
import_module("rammeaftale.tasks")  # says how the note is set, as in the worker


def besvaret() -> Hoering:
    hoering = sendt(udkast("Parterne **samarbejder**.", "Viden deles."))
    foerste, anden = klausuler(hoering)
    svar = besvar(
        noegle(),
        {None: "Godt udkast.", foerste: "<b>Skriv</b> **mere** & bedre."},
        [Afgivet(anden, "bilag.pdf", PDF)],
    )
    bemaerkning = svar.bemaerkninger.get(udgave=foerste)
    behandl(aktoer=fabrik.sekretariat(), bemaerkning_id=bemaerkning.pk, udfald=Behandlingsudfald.IKKE_IMOEDEKOMMET, begrundelse="Ikke i denne periode.")  # fmt: skip
    return hoering


def test_note_has_all_recipients_answers_by_clause_and_what_was_done() -> None:
    hoering = besvaret()
    notat = bestil_notat(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    html = dokument(notat, vis(hoering)).html
    for ord_ in (HANDICAPRAAD.navn, ORGANISATION.navn, "Har ikke svaret", "2.1 Emne 1", "Viden deles.", "bilag.pdf", "Ikke behandlet", "Ikke imødekommet", "Ikke i denne periode."):  # fmt: skip
        assert ord_ in html
    assert "&lt;b&gt;Skriv&lt;/b&gt; **mere** &amp; bedre." in html
    assert HANDICAPRAAD.email not in html


def test_note_has_the_terms_of_a_clause_as_they_were_heard() -> None:
    aftale = udkast()
    udgave = aftale.versioner.get().klausuludgaver.get(nummer="2.1")
    Klausulvilkaar.objects.create(udgave=udgave, noegle=Noegle.FORESPOERGSEL_SVARFRIST, vaerdi="10")
    hoering = sendt(aftale)
    besvar(noegle(), {udgave.pk: "For kort."})
    notat = bestil_notat(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    beskrevet = NOEGLER[Noegle.FORESPOERGSEL_SVARFRIST]
    assert f"<li>{beskrevet.navn}: {beskrevet.i_ord('10')}</li>" in unescape(dokument(notat, vis(hoering)).html)


def test_note_is_tagged_and_the_same_for_the_same_answers() -> None:
    notat = bestil_notat(aktoer=fabrik.sekretariat(), hoering_id=besvaret().pk)
    ens = [saet((notat, vis(notat.hoering))) for _ in range(2)]
    assert ens[0] == ens[1]
    assert not tjek_pdf(ens[0])
    with pikepdf.open(io.BytesIO(ens[0])) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_note_says_what_was_known_when_it_was_ordered_however_late_it_is_made() -> None:
    hoering, af = besvaret(), fabrik.sekretariat()
    notat = bestil_notat(aktoer=af, hoering_id=hoering.pk)
    frist = Hoering.objects.get().frist
    foer = dokument(notat, laes_da(notat, frist)).html
    bemaerkning = Hoeringsbemaerkning.objects.get(udgave=None)
    ret_hoering(aktoer=af, hoering_id=hoering.pk, indhold=indhold(hoering.titel, om=40))
    tilfoej_modtagere(aktoer=af, hoering_id=hoering.pk, modtagere=[Modtagerindhold(Modtagerart.REGION, "Regionen", "r@region.example")])  # fmt: skip
    behandl(aktoer=af, bemaerkning_id=bemaerkning.pk, udfald=Behandlingsudfald.TIL_EFTERRETNING)
    nyt_link(aktoer=af, modtager_id=bemaerkning.svar.link.modtager_id)
    send_links()
    besvar(noegle(), {None: "Et nyt svar."})
    besvar(noegle(ORGANISATION), ingen=True)
    afslut(aktoer=af, hoering_id=hoering.pk)
    assert dokument(notat, laes_da(notat, frist)).html == foer
    nyt = bestil_notat(aktoer=af, hoering_id=hoering.pk)
    efter = dokument(nyt, laes_da(nyt, fabrik.om(40))).html
    assert all(ord_ in efter and ord_ not in foer for ord_ in ("Regionen", "Et nyt svar.", "2 af 3", "Afsluttet"))
    with som_systemet("a test"):
        assert Job.objects.get(pk=notat.job_id).parametre["frist"] == frist.isoformat()


@pytest.mark.django_db(transaction=True)
def test_job_makes_the_note_and_the_parties_read_it() -> None:
    hoering = besvaret()
    notat = bestil_notat(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    part, fremmed = Client(), Client()
    for client, kommune in ((part, "Herlev"), (fremmed, "Gladsaxe")):
        client.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune(kommune).organisation))
    url, side = reverse("rammeaftale:hoeringsnotat", args=[notat.pk]), reverse("rammeaftale:hoering", args=[hoering.pk])
    assert part.get(url).status_code == 404
    job.koer(notat.job_id)
    with som_systemet("a test"):
        assert Hoeringsnotat.objects.select_related("job").get().job.status == JobStatus.FAERDIG
    svar = part.get(url)
    assert (svar["Content-Type"], svar.content[:5]) == ("application/pdf", b"%PDF-")
    assert bytes(Hoeringsnotatfil.objects.get().pdf) == svar.content
    assert fremmed.get(url).status_code == 404
    assert "Åbn høringsnotatet" in part.get(side).content.decode()


def test_note_is_ordered_by_the_own_secretariat_of_a_hearing_that_is_sent() -> None:
    ikke_sendt = kladde()
    with pytest.raises(Konflikt):
        bestil_notat(aktoer=fabrik.sekretariat(), hoering_id=ikke_sendt.pk)
    hoering = sendt(ikke_sendt.version.aftale)
    with pytest.raises(IkkeFundet):
        bestil_notat(aktoer=fabrik.sekretariat("KKR Syddanmark"), hoering_id=hoering.pk)
    with pytest.raises(IngenAdgang):
        bestil_notat(aktoer=fabrik.sagsbehandler(), hoering_id=hoering.pk)


def test_note_is_ordered_on_the_page_which_tells_how_far_it_is() -> None:
    hoering, client = besvaret(), Client()
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    client.force_login(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat))
    svar = client.post(reverse("rammeaftale:bestil_hoeringsnotat", args=[hoering.pk]), follow=True)
    assert "Høringsnotatet er bestilt." in svar.content.decode()
    del_ = client.get(
        reverse("rammeaftale:hoering", args=[hoering.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "I kø" in del_
    assert "<h1" not in del_
