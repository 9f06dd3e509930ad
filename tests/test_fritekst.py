"""No CPR number gets in: every model, form and operation of the API has the guard, and a refusal leaves no trace of the value."""

import logging
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.forms.forms import BaseForm
from django.test import Client
from django.urls import get_resolver
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from pytest_django import DjangoDbBlocker

from config import api
from drift import gunicorn_conf
from drift.laan import ROD
from faelles.cpr import BESKED, uden_cpr
from faelles.fejl import UgyldigtInput
from faelles.felter import UdenCpr
from faelles.formularer import TYPEDE, Formular
from kommuner.api_base import Ressource
from kommuner.konto_forms import NoegleForm, NoeglenavnForm
from kommuner.models import Rolle
from kommuner.roller import KLIENTRETTIGHEDER
from tests import fabrik
from tests.adgangstabel import Raekke
from tests.api import adgang, klienter
from tests.database import steder_med
from tests.fremmed import engang
from tests.sider import organisation
from tilbud.models import Tilbud

CPR = "010203-1234"
ETAGER = ("faelles", "kommuner", "vilkaar", "tilbud", "takster", "reservationer", "rammeaftale")

# Columns of text without the guard, and why.
AFLEDT = "sort and search keys, and sentences made from guarded columns"
PLATFORMEN = "written by the platform itself: codes, hashes, identities, frozen data"
TYPET = "an identifier with a validator and a constraint of its own"
LISTE = "words of a closed list, with a constraint of its own"
REFERENCE = "reference data from files in the repository"
UDEN_VAERN = {
    **dict.fromkeys(
        (
            "kommuner.Organisation.navn_sortering", "kommuner.Kommune.kortnavn_sortering", "tilbud.Maalgruppe.term_sortering",
            "tilbud.OffentligtTilbud.navn_sortering", "tilbud.OffentligtTilbud.mangler", "tilbud.Tilbud.navn_sortering", "tilbud.Klynge.navn_sortering",
            "tilbud.Tilbud.navn_soegning", "tilbud.Tilbud.beskrivelse_soegning", "tilbud.Tilbud.afdelinger_soegning", "tilbud.Ydelsestype.term_sortering", "tilbud.Afdeling.navn_sortering", "tilbud.Plads.betegnelse_sortering",
            "takster.OffentliggjortPris.tilbud_sortering", "takster.OffentliggjortPris.mangler",
        ),
        AFLEDT,
    ),
    **dict.fromkeys(
        (
            "kommuner.Administratorforslag.afgjort_af", "kommuner.Administratorforslag.foreslaaet_af", "kommuner.Invitation.inviteret_af",
            "kommuner.Invitation.noegle_hash", "kommuner.Invitation.roller", "kommuner.Personhjaelp.identitet",
            "kommuner.Personhjaelp.roller", "kommuner.Tilknytning.kilde",
            "faelles.Haendelse.type", "faelles.Haendelse.entitet", "faelles.Haendelse.entitet_id", "faelles.Job.type",
            "faelles.Job.parametre", "faelles.Job.identitet", "faelles.Job.trin", "faelles.Job.fejl",
            "faelles.Idempotensnoegle.klient", "faelles.Idempotensnoegle.fingeraftryk", "faelles.Idempotensnoegle.svar",
            "faelles.Idempotensnoegle.hoveder", "kommuner.Bruger.password", "kommuner.ApiKlient.scopes",
            "faelles.Job.funktion", "kommuner.Laesning.funktion", "kommuner.Laesning.rolle_navn", "kommuner.Logrydning.log",
            "kommuner.Laesning.identitet", "kommuner.Laesning.entitet", "vilkaar.Vilkaar.noegle", "tilbud.Bekraeftelse.rolle_navn",
            "tilbud.Fejlsag.funktion", "tilbud.Fejlsag.meldt_af", "tilbud.Fejlsag.svaret_af", "tilbud.Registerimport.indhold", "tilbud.Registerimport.sha256", "tilbud.Registerimport.fejl",
            "tilbud.Portalsammenligning.lavet_af", "tilbud.Portalafvigelse.felt", "tilbud.Portalafvigelse.vores",
            "tilbud.Portalafvigelse.portalens", "tilbud.Portalafvigelse.afgjort_af", "tilbud.Registerimport.bestilt_af", "tilbud.Registerimport.afgjort_af",
            "takster.Budget.oprettet_af", "takster.Scenarie.aendringer", "takster.Scenarie.oprettet_af", "takster.Takstberegning.beregning",
            "takster.Takstpaamindelse.bestilt_af", "takster.Takstberegning.egenbetaling", "takster.Takstberegning.beregnet_af", "takster.Takstberegning.indsendt_af",
            "takster.Takstberegning.afgjort_af", "takster.Takstberegning.offentliggjort_af", "takster.Takst.beregning",
            "takster.Regnskab.oprettet_af", "takster.Regnskab.afsluttet_af", "takster.Regnskab.opgoerelse",
            "takster.Takstkontrol.forskelle",
            "takster.Takstdokumentfil.sha256",
            "takster.Finansiering.beregning", "takster.Finansiering.indsendt_af", "takster.Finansiering.afgjort_af",
            "takster.Genberegning.resultat", "takster.Prisblad.beregning", "takster.Prisblad.indsendt_af", "takster.Prisblad.afgjort_af",
            "sag.Forespoergsel.reference", "sag.Forespoergsel.oprettet_af", "sag.Besked.rolle_navn", "sag.Besked.identitet",
            "sag.Reservation.reference", "sag.Reservation.oprettet_af", "sag.Beslutning.rolle_navn", "sag.Beslutning.identitet",
            "sag.Aftaledokument.sha256", "sag.Placeringsaftale.grundlag", "sag.Placeringsaftale.kommune_rolle", "sag.Placeringsaftale.driftsherre_rolle",
            "sag.Ophold.reference", "sag.Ophold.oprettet_af", "sag.Pladstilbud.tillaeg", "sag.Opholdspris.tillaeg",
            "soegning.UdaekketBehov.hindringer", "soegning.UdaekketBehov.fingeraftryk", "soegning.GemtSoegning.navn",
            "rammeaftale.Rammeaftale.slug", "rammeaftale.Godkendelse.identitet", "rammeaftale.Aftaletrin.identitet", "rammeaftale.Organbeslutning.identitet", "rammeaftale.Milepaelsmelding.identitet",
            "rammeaftale.Udmeldingssvar.identitet", "rammeaftale.Udmeldingsfaktum.identitet", "rammeaftale.Udmeldingsannullering.identitet", "rammeaftale.Videndeling.identitet",
            "rammeaftale.Aarshjulsudfoerelse.identitet", "rammeaftale.Offentliggoerelse.identitet", "rammeaftale.Klausuludgave.identitet", "rammeaftale.Klausulkommentar.identitet",
            "rammeaftale.Hoeringslink.noegle_hash", "rammeaftale.Hoeringsfil.sha256", "rammeaftale.Hoeringsbehandling.identitet", "rammeaftale.Hoeringsfilvurdering.identitet", "rammeaftale.Hoeringsnotatfil.sha256", "rammeaftale.Udmeldingsrapportfil.sha256",
            "rammeaftale.Klausulkommentar.rolle_navn", "rammeaftale.Klausulvilkaar.noegle", "rapporter.Oejebliksbillede.type",
            "soegning.GemtSoegning.profil", "soegning.Fritvalgsproeve.beregning", "soegning.Fritvalgsproeve.rolle_navn", "soegning.Fritvalgsproeve.kommune_navn",
            "soegning.Fritvalgsproeve.visiteret_navn", "soegning.Fritvalgsproeve.oensket_navn", "soegning.Tilbudsvalg.kommune_navn",
            "soegning.Fritvalgsnotat.sha256", "soegning.Tilbudsvalg.navn", "soegning.Tilbudsvalg.sammenligning",
            "soegning.Tilbudsvalg.rolle_navn", "soegning.Valgnotat.sha256",
            "venteliste.Venteliste.fastsat_af", "venteliste.Forbigaaelse.rolle_navn", "venteliste.Forbigaaelse.identitet",
            "venteliste.Alternativ.rolle_navn", "venteliste.Alternativ.identitet",
            "rapporter.Oejebliksbillede.data", "rapporter.Oejebliksbillede.sha256", "rapporter.Rapport.type",
            "rapporter.Kapitel.titel", "rapporter.Kapitel.sha256", "rapporter.Kapitel.fejl", "rapporter.Kapitelfil.sha256",
            "rapporter.Rapport.skabelon_version", "rapporter.Rapport.biblioteker", "rapporter.Rapport.sha256",
            "rapporter.Rapporttekst.type", "rapporter.Rapporttekst.kapitel", "rapporter.Oejebliksbillede.tekster", "rapporter.Udgivelse.type",
            "rapporter.Rapportplan.type", "rapporter.Rapportplan.identitet", "rapporter.Rapportplan.fejl", "rapporter.Rapportfil.navn",
            "kommuner.Brevvalg.slags",
        ),
        PLATFORMEN,
    ),
    **dict.fromkeys(
        (
            "kommuner.Organisation.cvr", "kommuner.Organisation.ean", "tilbud.Tilbud.p_nummer", "tilbud.Tilbud.cvr",
            "tilbud.Tilbud.kontakt_telefon", "sag.Placeringsaftale.ean", "sag.Placeringsaftale.varsel_kommune", "sag.Placeringsaftale.varsel_tilbud",
        ),
        TYPET,
    ),
    **dict.fromkeys(("tilbud.Tilbud.fysiske_traek", "tilbud.Tilbud.rummer", "tilbud.Tilbud.rummer_ikke", "soegning.UdaekketBehov.adfaerd", "soegning.UdaekketBehov.fysiske_traek", "soegning.UdaekketBehov.arter", "sag.Placeringsaftale.ydelser", "sag.Forespoergsel.adfaerd", "sag.Forespoergsel.fysiske_traek"), LISTE),
    **dict.fromkeys(
        (
            "kommuner.Kommune.kommunekode", "kommuner.Kommune.kortnavn", "kommuner.Kommune.graense", "kommuner.Region.regionskode",
            "kommuner.Kkr.navn", "kommuner.Kkr.slug", "kommuner.Folketal.kilde", "kommuner.Postnummer.postnr",
            "kommuner.Postnummer.by", "tilbud.Hjemmel.kode", "tilbud.Hjemmel.navn", "tilbud.Hjemmel.lov", "tilbud.Hjemmel.lovudgave",
            "tilbud.Hjemmel.paragraf", "tilbud.Maalgruppe.term", "tilbud.Maalgruppe.gren", "tilbud.Ydelsestype.term",
        ),
        REFERENCE,
    ),
}  # fmt: skip
# Fields of text in the log-in library's forms: e-mail addresses, secrets, codes, a browser's answer about a passkey, and its
# name, which our own forms guard (kommuner.konto_forms).
ALLAUTH = {
    *("credential", "name", "next"),
    *("login", "email", "username"),
    *("password", "password1", "password2", "oldpassword"),
    *("code", "key", "uidb36"),
}


def vore(klasse: type) -> bool:
    """Whether a class belongs to the platform."""
    return klasse.__module__.split(".")[0] in ETAGER


def tekstkolonner() -> Iterator[tuple[str, Any]]:
    """Every column that can hold text people choose; the history tables are written by triggers from the guarded ones."""
    for model in apps.get_models():
        if not vore(model) or hasattr(model, "pgh_tracked_model"):
            continue
        for felt in model._meta.concrete_fields:
            grund = felt.base_field if isinstance(felt, ArrayField) else felt
            if isinstance(grund, models.CharField | models.TextField | models.JSONField) and not felt.choices:
                yield f"{model._meta.label}.{felt.name}", felt


def underklasser(klasse: type[Any]) -> Iterator[type[Any]]:
    for under in klasse.__subclasses__():
        yield under
        yield from underklasser(under)


def test_every_column_of_text_has_the_guard_or_a_reason() -> None:
    uden = {navn for navn, felt in tekstkolonner() if not isinstance(felt, UdenCpr)}
    assert uden == set(UDEN_VAERN)


def test_every_form_has_the_guard() -> None:
    for fil in ROD.glob("*/**/forms.py"):
        if (dele := fil.relative_to(ROD).with_suffix("").parts)[0] in ETAGER:
            import_module(".".join(dele))
    formularer = [form for form in underklasser(BaseForm) if vore(form)]
    assert len(formularer) >= 5
    uden = [form for form in formularer if not issubclass(form, Formular) and form is not Formular]
    assert {form.__module__ for form in uden} == {"kommuner.konto_forms"}, "the log-in library's forms in our words"


@pytest.mark.django_db
def test_name_of_a_passkey_has_the_guard() -> None:
    noegle = Authenticator(type=Authenticator.Type.WEBAUTHN, data={"name": "Telefon"})
    nye = NoegleForm(user=fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation)), NoeglenavnForm(instance=noegle)
    assert all(uden_cpr in form.fields["name"].validators for form in nye)


def test_log_in_librarys_forms_hold_no_free_text() -> None:
    assert get_resolver().url_patterns  # loads the forms its pages use
    tekster = {
        navn
        for form in underklasser(BaseForm)
        if form.__module__.startswith("allauth.")
        for navn, felt in getattr(form, "base_fields", {}).items()
        if isinstance(felt, forms.CharField) and not isinstance(felt, TYPEDE)
    }
    assert tekster <= ALLAUTH


def test_form_guards_text_and_leaves_typed_fields_alone() -> None:
    class Proeve(Formular):
        tekst = forms.CharField(required=False)
        p_nummer = forms.RegexField(r"^\d{10}$", required=False)
        valg = forms.ChoiceField(choices=[("a", "A")], required=False)

    with pytest.MonkeyPatch.context() as lap:
        lap.setattr("faelles.cpr._registre", [])
        form = Proeve({"tekst": CPR, "p_nummer": "1003412345", "valg": CPR})
        assert form.errors == {"tekst": [BESKED], "valg": ["Vælg en af mulighederne"]}
        assert Proeve({"tekst": "RK-2026-1", "valg": "a"}).is_valid()
    assert uden_cpr not in Proeve.base_fields["tekst"].validators  # each form guards its own copy


def test_every_resource_of_the_api_has_the_guard() -> None:
    klasser = [getattr(moenster.callback, "cls", None) for moenster in api.urlpatterns]
    uden = [klasse for klasse in klasser if klasse and vore(klasse) and not issubclass(klasse, Ressource)]
    assert uden == []
    assert {navn for klasse in klasser if klasse and issubclass(klasse, Ressource) for navn in klasse.typede} == set()


@pytest.fixture(scope="module")
def args(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mapping[str, str]]:
    """The ids the operations are called with."""
    with django_db_blocker.unblock(), engang(lambda: adgang.argumenter(adgang.systemer())) as ider:
        yield ider


@pytest.mark.django_db
@pytest.mark.parametrize("raekke", adgang.raekker(), ids=lambda raekke: f"{raekke.metode}-{raekke.rute}")
def test_every_operation_refuses_a_cpr_number_in_query_body_and_key(raekke: Raekke, args: Mapping[str, str]) -> None:
    funktion, hvor = adgang.SYSTEMER[adgang.naar_frem(raekke)]
    client = klienter.client(klienter.registrer(organisation(hvor), funktion, *KLIENTRETTIGHEDER[funktion]))
    url = f"/api/v1/{raekke.rute.format(**args)}"
    svar = [(client.get(url, {"q": CPR}), "/q")] if raekke.metode == "GET" else []
    if (
        raekke.metode in {"POST", "PUT"} and f"/api/v1/{raekke.rute}" not in settings.API_FILADRESSER
    ):  # the cells of a file are judged where files are read
        send = client.post if raekke.metode == "POST" else client.put
        god = adgang.krop(raekke.rute, args)
        proever: list[tuple[dict[str, Any], str]] = [({**god, navn: f"se {CPR}"}, f"/{navn}") for navn in god]
        proever += [({**god, "ukendt": {"liste": [CPR]}}, "/ukendt/liste/0"), ({**god, CPR: 1}, "/")]
        for krop, sted in proever:
            hoved = {"idempotency-key": sted}
            svar.append((send(url, krop, content_type="application/json", headers=hoved), sted))
        noegle = send(url, god, content_type="application/json", headers={"idempotency-key": CPR})
        svar += [
            (noegle, "/Idempotency-Key"),
            (send(f"{url}?x={CPR}", god, content_type="application/json"), "/x"),
        ]
    for afvist, sted in svar:
        assert afvist.status_code == 400
        problem = afvist.json()
        assert (problem["code"], [fejl["pointer"] for fejl in problem["errors"]]) == ("cpr_nummer", [sted])
        assert "1234" not in afvist.content.decode().replace(problem["instance"], "")


@pytest.mark.django_db
def test_model_refuses_whatever_path_text_takes() -> None:
    tilbud = fabrik.tilbud("Solbakken")
    for skriv in (
        lambda: fabrik.tilbud(f"Hus {CPR}"),
        lambda: Tilbud.objects.filter(pk=tilbud.pk).update(adresse=CPR),
        lambda: Tilbud.objects.bulk_create([Tilbud(navn=CPR, driftsherre=tilbud.driftsherre, beliggenhedskommune=tilbud.beliggenhedskommune)]),
    ):  # fmt: skip
        with pytest.raises(UgyldigtInput) as fejl, transaction.atomic():
            skriv()
        assert fejl.value.kode == "cpr_nummer"
        assert CPR not in str(fejl.value) + str(fejl.value.felter)
    tilbud.navn = "P-nummer 1003412345 er vores eget"
    tilbud.p_nummer = "1003412345"
    with pytest.raises(UgyldigtInput), transaction.atomic():
        tilbud.save()  # not registered until it is saved
    Tilbud.objects.filter(pk=tilbud.pk).update(p_nummer="1003412345")
    tilbud.save()


def linjer(poster: list[logging.LogRecord]) -> str:
    """Everything the records say."""
    return "\n".join(f"{post.getMessage()} {post.args} {post.exc_info}" for post in poster)


@pytest.mark.django_db
def test_refusal_leaves_no_trace_of_the_value(caplog: pytest.LogCaptureFixture) -> None:
    plads, side = fabrik.ledig_plads(), Client()
    side.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    system = klienter.myndighed()
    periode = {"fra": fabrik.om(7).isoformat(), "til": fabrik.om(9).isoformat()}
    caplog.set_level(logging.DEBUG)
    form = side.post("/reservationer/ny", {"plads": plads.pk, "hjemmel": "SEL-107", "sagsreference": CPR, **periode})
    soegning = side.get("/soeg/", {**periode, "tekst": CPR})
    liste = side.get("/tilbud/", {"tekst": CPR})
    krop = {"pladsId": str(plads.pk), "hjemmel": "SEL-107", "sagsreference": CPR, **periode}
    kald = system.post(
        "/api/v1/reservationer", krop, content_type="application/json", headers={"idempotency-key": "n-1"}
    )
    foresp = system.get("/api/v1/tilbud?" + urlencode({"q": CPR}))
    assert [svar.status_code for svar in (form, kald, foresp)] == [400, 400, 400]
    for svar in (form, soegning, liste):
        assert BESKED in svar.content.decode()
    for afvist in (kald, foresp):
        assert BESKED in afvist.json()["detail"]
        assert CPR not in afvist.content.decode()
    assert "010203" not in linjer(caplog.records)
    assert steder_med(CPR) == set()


@pytest.mark.django_db
def test_registered_p_nummer_passes_in_text_on_page_and_in_the_api() -> None:
    plads, tekst = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(p_nummer="1003412345"))), "P 1003412345"
    periode = {"fra": fabrik.om(7).isoformat(), "til": fabrik.om(9).isoformat()}
    data = {"hjemmel": "SEL-107", "sagsreference": tekst, **periode}
    side, system = Client(), klienter.myndighed()
    side.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    assert side.post("/reservationer/ny", {"plads": str(plads.pk), **data}).status_code == 302
    anden = {"pladsId": str(fabrik.ledig_plads(plads.afdeling).pk), **data}
    for tal, status in (("1003412346", 400), ("1003412345", 201)):
        krop = {**anden, "sagsreference": f"P {tal}"}
        svar = system.post(
            "/api/v1/reservationer", krop, content_type="application/json", headers={"idempotency-key": tal[-2:]}
        )
        assert svar.status_code == status


def test_web_servers_log_holds_no_query_and_log_lines_no_cpr_number() -> None:
    assert not {"%(r)s", "%(q)s", "%(f)s"} & set(re.findall(r"%\([^)]+\)s", gunicorn_conf.access_log_format))
    (formater,) = settings.LOGGING["formatters"].values()
    linje = import_string(formater["()"])(formater["format"])
    with pytest.raises(ValueError, match=CPR) as fejl:
        int(CPR)
    exc_info = (fejl.type, fejl.value, fejl.tb)
    post = logging.LogRecord("x", logging.ERROR, "x", 1, "Not Found: /%s", (CPR,), exc_info)
    for filtrering in settings.LOGGING["filters"].values():
        import_string(filtrering["()"])().filter(post)
    assert CPR not in linje.format(post)
    assert "ValueError" in linje.format(post)
