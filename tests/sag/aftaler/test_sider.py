"""Placement agreements in the browser's language and over REST. Requests through the whole stack."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from faelles.aktoer import Funktion, Rettighed
from faelles.tid import Periode
from kommuner.models import Laesning
from reservationer.sag.aftaler.queries import aftaler
from reservationer.sag.anonymisering import anonymiser_ophold
from reservationer.sag.models import Aftaledokument, Placeringsaftale
from tests import fabrik
from tests.api import klienter
from tests.database import steder_med
from tests.sag.aftaler.situationer import aftalt, indhold, kladde, med_cvr, med_dokument
from tests.sag.ophold.test_sider import dato
from tests.sag.test_sider import klient, leder, tekst

pytestmark = pytest.mark.django_db


def side(aftale: Placeringsaftale, trin: str = "") -> str:
    """The version's page, or that of a step."""
    return reverse("aftaler:beslut", args=[aftale.pk, trin]) if trin else reverse("aftaler:detalje", args=[aftale.pk])


def test_agreement_is_drafted_from_the_stay_with_every_gap_linked_to_its_field() -> None:
    ophold, koeber = fabrik.ophold(periode=Periode(fabrik.om(0)), reference="RK-77"), klient()
    med_cvr(ophold.driftsherre, fabrik.kommune("Rødovre").organisation)
    opholdet = koeber.get(reverse("ophold:detalje", args=[ophold.pk])).content.decode()
    assert "Lav en placeringsaftale" in opholdet
    svar = koeber.post(reverse("aftaler:ny"), {"ophold": str(ophold.pk)}, follow=True)
    assert svar.context["form"].initial["gaelder_fra"] == fabrik.om(0)
    aftale = Placeringsaftale.objects.for_systemet("test").get()
    vist = koeber.get(side(aftale)).content.decode()
    ret = reverse("aftaler:ret", args=[aftale.pk])
    for ventet in (f"{ret}#id_maal", f"{ret}#id_opfoelgning_dag", f"{ret}#id_rytme", "2.687,00", "løbende måned"):
        assert ventet in vist
    afvist = koeber.post(side(aftale, "fremsaet"), {})
    assert (afvist.status_code, f"{ret}#id_maal" in afvist.content.decode()) == (400, True)
    sagt = {navn: "" if vaerdi is None else vaerdi for navn, vaerdi in indhold().items()}
    data: dict[str, Any] = {**sagt, **dato("gaelder_fra", fabrik.om(0)), **dato("opfoelgning", fabrik.om(90))}
    assert koeber.post(ret, {**data, "ean": "12"}).status_code == 400
    assert "Kladden er gemt." in tekst(koeber.post(ret, data, follow=True))
    assert "fremsat og godkendt" in tekst(koeber.post(side(aftale, "fremsaet"), {}, follow=True))
    assert "godkendt" in tekst(leder().post(side(aftale, "godkend"), {}, follow=True))
    igen = tekst(leder().get(side(aftale)))
    for ventet in (
        "Godkendt af begge",
        "Sagsbehandler",
        "Tilbudsleder",
        "Lav en ny version",
        "Genindlæs siden om lidt",
    ):
        assert ventet.lower() in igen.lower()
    assert Laesning.objects.for_systemet("test").filter(entitet="placeringsaftale", entitet_id=aftale.pk).exists()


def test_case_that_has_changed_is_said_on_the_page_and_the_document_is_for_the_parties() -> None:
    aftale = med_dokument(aftalt())
    aftale.tilbud.navn = "Et andet navn"
    aftale.tilbud.save()
    assert "Siden er det her ændret i sagen: tilbuddets navn" in tekst(klient().get(side(aftale)))
    pdf = klient().get(reverse("aftaler:dokument", args=[aftale.pk]))
    assert (pdf.status_code, pdf["Content-Type"], pdf["Cache-Control"]) == (200, "application/pdf", "private, no-store")
    herlev = klient(organisation=fabrik.kommune("Herlev").organisation)
    assert herlev.get(reverse("aftaler:dokument", args=[aftale.pk])).status_code == 404


SAG = (Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV)


def system(funktion: str) -> Client:
    """A case system's client of Rødovre, or Gladsaxe's."""
    hvem = {"myndighed": "Rødovre", "driftsherre": "Gladsaxe"}[funktion]
    return klienter.client(klienter.registrer(fabrik.kommune(hvem).organisation, Funktion(funktion), *SAG))


def test_systems_name_every_gap_and_change_only_what_they_have_seen() -> None:
    aftale = kladde(maal="")
    url = f"/api/v1/placeringsaftaler/{aftale.pk}"
    koeber, nr = system("myndighed"), iter(range(9))

    def skridt(hvem: Client, udfald: str) -> Any:
        hoved = {"idempotency-key": f"n-{next(nr)}"}
        return hvem.post(f"{url}/beslutninger", {"udfald": udfald}, content_type="application/json", headers=hoved)

    afvist = skridt(koeber, "fremsaet")
    assert (afvist.status_code, afvist.json()["code"]) == (400, "aftale_har_huller")
    assert [fejl["pointer"] for fejl in afvist.json()["errors"]] == ["/maal"]
    set_ = koeber.get(url)
    assert set(set_.json()["mangler"]) == {"maal"}
    assert set_.json()["grundlag"]["priser"][0]["samlet"] == {"beloeb": "2687.00", "valuta": "DKK"}
    nyt = {**set_.json()["indhold"], "maal": "Indsatsplan 12"}
    gammelt = koeber.put(url, nyt, content_type="application/json", headers={"if-match": '"x"'})
    assert gammelt.status_code == 412
    rettet = koeber.put(url, nyt, content_type="application/json", headers={"if-match": set_["ETag"]})
    assert (rettet.status_code, rettet.json()["mangler"]) == (200, {})
    assert skridt(koeber, "fremsaet").json()["tilstand"] == "hos_tilbuddet"
    assert skridt(koeber, "godkend").json()["code"] == "overgang_ikke_mulig"
    godkendt = skridt(system("driftsherre"), "godkend").json()
    assert (godkendt["tilstand"], bool(godkendt["driftsherreGodkendt"])) == ("aftalt", True)
    assert koeber.get(f"{url}/dokument").json()["code"] == "dokument_ikke_faerdigt"
    assert [a["id"] for a in koeber.get("/api/v1/placeringsaftaler?tilstand=aftalt").json()["resultater"]] == [str(aftale.pk)]  # fmt: skip


def test_agreement_is_emptied_and_its_document_deleted_with_its_case() -> None:
    sag = fabrik.bekraeftet_reservation(periode=Periode(fabrik.om(1), fabrik.om(31)), reference="SPOR-7731")
    aftale = med_dokument(aftalt(sag, maal="HEMMELIG-MAAL"))
    assert steder_med("HEMMELIG-MAAL") == {"sag_placeringsaftale", "sag_placeringsaftaleevent"}
    with freeze_time(fabrik.samme_tid(2000)):
        assert anonymiser_ophold() == 1
    for ord_ in ("HEMMELIG-MAAL", str(sag.reference), sag.sagsreference):
        assert steder_med(ord_) == set()
    assert not Aftaledokument.objects.for_systemet("test").exists()
    assert not aftaler(fabrik.sagsbehandler()).exists()
    tom = Placeringsaftale.objects.for_systemet("test").get(pk=aftale.pk)
    assert (tom.tilstand, tom.grundlag, tom.anonymiseret is None) == ("aftalt", {}, False)
