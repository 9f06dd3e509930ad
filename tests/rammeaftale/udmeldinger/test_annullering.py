"""A call registered by mistake: taken away while nothing rests on it, otherwise annulled, and then nobody owes it anything."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.tid import idag, nu
from kommuner.models import Rolle
from rammeaftale.aarshjul.paamindelse import send_paamindelser
from rammeaftale.aarshjul.queries import hjul
from rammeaftale.models import Rammeaftale, Udmelding, Udmeldingsfaktum, Udmeldingssvar
from rammeaftale.udmeldinger import actions
from rammeaftale.udmeldinger.queries import vis
from rammeaftale.udmeldinger.regler import Udmeldingsart, Udmeldingsstand
from rammeaftale.udmeldinger.svarene import SKJULT, svaroversigt
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.udmeldinger.situationer import indhold, med_rapport, part, sket, svaret, udmelding

pytestmark = pytest.mark.django_db
FEJL = "Den gjaldt et andet KKR"


@pytest.fixture
def aftale() -> Rammeaftale:
    return fabrik.aftale()


def slet(hvad: Udmelding) -> None:
    actions.slet(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)


def annuller(hvad: Udmelding, begrundelse: str = FEJL) -> Udmelding:
    return actions.annuller(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk, begrundelse=begrundelse)


def paamindet(hvad: Udmelding) -> None:
    fabrik.bruger(Rolle.VISITATOR, fabrik.kommune("Herlev").organisation)
    Udmelding.objects.filter(pk=hvad.pk).update(paamind_dage=60)
    assert send_paamindelser() == 1


@pytest.mark.parametrize(
    "brug",
    [
        lambda hvad: svaret(hvad, "Herlev", 5),
        lambda hvad: sket(hvad, Udmeldingsart.RAPPORT_SENDT),
        med_rapport,
        paamindet,
    ],
)
def test_call_is_taken_away_until_something_rests_on_it(aftale: Rammeaftale, brug: Callable[[Udmelding], Any]) -> None:
    slet(udmelding(aftale))
    assert not Udmelding.objects.exists()
    hvad = udmelding(aftale)
    brug(hvad)
    with pytest.raises(Konflikt, match="Annullér den i stedet"):
        slet(hvad)
    assert annuller(hvad).annulleret


def test_annulled_call_stands_with_why_and_nobody_owes_it_anything(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale, svarfrist=fabrik.om(5), paamind_dage=14)
    svaret(hvad, "Herlev", 5)
    sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=fabrik.tilbud(i="Gladsaxe"))
    fabrik.bruger(Rolle.VISITATOR, fabrik.kommune().organisation)
    assert hvad.pk in {p.emne_id for p in hjul(aftale, idag()).punkter}
    annuller(hvad)
    (vist,) = vis(aftale, Udmelding.objects.all(), idag())
    assert (vist.stand, vist.svaret, vist.paalaeg) == (Udmeldingsstand.ANNULLERET, 1, [])
    assert vist.udmelding.annulleringsgrund == FEJL
    assert hvad.pk not in {p.emne_id for p in hjul(aftale, idag()).punkter}
    assert send_paamindelser() == 0
    assert udmelding(aftale, hvad.titel) != hvad, "the right one may be called the same"


def test_counts_of_a_call_annulled_after_its_report_was_sent_are_shown_to_nobody_else(aftale: Rammeaftale) -> None:
    hvad, rapport_sendt = udmelding(aftale), Udmeldingsart.RAPPORT_SENDT
    for navn in ("Herlev", "Rødovre"):
        svaret(hvad, navn, 40)
    sket(hvad, rapport_sendt)
    roedovre = klient(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)
    siden = reverse("rammeaftale:udmelding", args=[hvad.pk])
    udtraek = reverse("rammeaftale:eksport_udmeldingssvar", args=[hvad.pk, "csv"])

    def set_af(aktoer: Aktoer) -> tuple[list[str], str]:
        oversigt = svaroversigt(aktoer, Udmelding.objects.get(pk=hvad.pk), idag())
        return [s.antal for s in oversigt.svar if s.svar], oversigt.i_alt

    hvem = fabrik.sagsbehandler("Rødovre")
    assert set_af(hvem) == (["40", "40"], "80")
    assert "I alt 80 borgere" in html(roedovre.get(siden))
    annuller(hvad)
    assert set_af(hvem) == ([SKJULT, "40"], SKJULT), "Herlev's, and its own"
    assert set_af(fabrik.sekretariat()) == (["40", "40"], "80")
    side = html(roedovre.get(siden))
    assert ("så de andre kommuners antal" in side, "vises, når" in side, "I alt 80" in side) == (True, False, False)
    assert "80" not in b"".join(roedovre.get(udtraek)).decode()


def test_nothing_more_is_done_with_an_annulled_call(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    faktum = sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    annuller(hvad)
    af: dict[str, Any] = {"aktoer": fabrik.sekretariat()}
    gerninger: tuple[Callable[[], Any], ...] = (
        lambda: annuller(hvad),
        lambda: slet(hvad),
        lambda: svaret(hvad, "Herlev", 5),
        lambda: sket(hvad, Udmeldingsart.FORNYET_BEHANDLING),
        lambda: actions.ret(**af, udmelding_id=hvad.pk, indhold=indhold("Ny")),
        lambda: actions.bestil_rapport(**af, udmelding_id=hvad.pk),
        lambda: actions.annuller_faktum(**af, faktum_id=faktum.pk, begrundelse="Fejl"),
    )
    for gerning in gerninger:
        with pytest.raises(Konflikt, match="Udmeldingen er annulleret"):
            gerning()


def test_annulling_says_why_and_is_the_own_secretariats(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    fabrik.kommune("Odense", i="KKR Syddanmark")
    for begrundelse in (" ", "Om 010190-1234"):
        with pytest.raises(UgyldigtInput) as fejl:
            annuller(hvad, begrundelse)
        assert set(fejl.value.felter) == {"begrundelse"}
    for hvem, udfald in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(udfald):
            actions.annuller(aktoer=hvem, udmelding_id=hvad.pk, begrundelse=FEJL)
        with pytest.raises(udfald):
            actions.slet(aktoer=hvem, udmelding_id=hvad.pk)


def test_database_keeps_an_annulled_call_as_it_is_and_takes_nothing_more_for_it(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    herlev, af = part(hvad, "Herlev"), {"registreret_af": fabrik.kommune().organisation, "identitet": "test"}
    with pytest.raises(IntegrityError, match="udmelding_annulleret_med_grund"), transaction.atomic():
        Udmelding.objects.filter(pk=hvad.pk).update(annulleret=nu())
    annuller(hvad)
    with pytest.raises(IntegrityError, match="bliver, som den er"), transaction.atomic():
        Udmelding.objects.filter(pk=hvad.pk).update(annulleret=None, annulleringsgrund="")
    with pytest.raises(IntegrityError, match="bliver, som den er"), transaction.atomic():
        Udmeldingssvar.objects.create(udmelding=hvad, part=herlev, plan="Mere", **af)
    with pytest.raises(IntegrityError, match="bliver, som den er"), transaction.atomic():
        Udmeldingsfaktum.objects.create(udmelding=hvad, art="rapport_sendt", dato=idag(), **af)


def html(svar: Any) -> str:
    return str(svar.content.decode())


def test_page_takes_away_what_nobody_has_answered_and_annuls_the_rest(aftale: Rammeaftale) -> None:
    client, ny = sekretariat(), udmelding(aftale, "Ny")
    fjern = reverse("rammeaftale:fjern_udmelding", args=[ny.pk])
    assert fjern in html(client.get(reverse("rammeaftale:udmelding", args=[ny.pk])))
    assert "Udmeldingen er fjernet." in html(client.post(fjern, follow=True))
    hvad = udmelding(aftale)
    svaret(hvad, "Herlev", 5)
    siden = reverse("rammeaftale:udmelding", args=[hvad.pk])
    annuller_ = reverse("rammeaftale:annuller_udmelding", args=[hvad.pk])
    assert "i stedet" in html(client.post(reverse("rammeaftale:fjern_udmelding", args=[hvad.pk])))
    assert annuller_ in html(client.get(siden))
    assert client.post(annuller_, {"begrundelse": ""}).status_code == 422
    svar = html(client.post(annuller_, {"begrundelse": "Gjaldt <andre>"}, follow=True))
    assert "Gjaldt &lt;andre&gt;" in svar
    assert not any(
        reverse(f"rammeaftale:{navn}", args=[hvad.pk]) in svar for navn in ("ret_udmelding", "annuller_udmelding")
    )
    herlev = klient(Rolle.VISITATOR, fabrik.kommune("Herlev").organisation)
    assert "Ret jeres svar" not in html(herlev.get(siden))
    assert "Annulleret" in html(herlev.get(reverse("rammeaftale:udmeldinger", args=[aftale.slug])))


def test_rest_takes_away_and_annuls(aftale: Rammeaftale) -> None:
    hvem = fabrik.kkr().sekretariat
    assert hvem is not None
    rettigheder = (Rettighed.RAMMEAFTALER_LAES, Rettighed.UDMELDINGER_SKRIV)
    client = klienter.client(klienter.registrer(hvem, Funktion.SEKRETARIAT, *rettigheder))
    assert client.delete(f"/api/v1/udmeldinger/{udmelding(aftale).pk}").status_code == 204
    hvad = udmelding(aftale)
    svaret(hvad, "Herlev", 5)
    url = f"/api/v1/udmeldinger/{hvad.pk}"
    afvist: Any = client.delete(url)
    assert afvist.json()["code"] == "udmelding_er_i_brug"
    svar: Any = client.post(
        f"{url}/annulleringer",
        {"begrundelse": FEJL},
        content_type="application/json",
        headers={"idempotency-key": str(uuid4())},
    )
    assert (svar.status_code, svar.json()["stand"], svar.json()["annulleringsgrund"]) == (201, "annulleret", FEJL)
    afvist = client.delete(url)
    assert afvist.json()["code"] == "udmelding_er_annulleret"
