"""The autumn of an agreement as its users meet it: the secretariat and the operator on their pages, the systems over REST."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.livscyklus import Aendringsart
from rammeaftale.models import Rammeaftale
from rammeaftale.tekst.queries import klausuler
from takster.models import Budget
from takster.tasks import genberegn_takster
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, kladde, saet, send
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny as aabn_ny_version
from tests.rammeaftale.test_trin import nyeste
from tests.takster.budget.situationer import budget
from tests.takster.fastsaettelse.test_views import logget_ind, tekst
from tests.takster.genberegning.situationer import AAR, FOERSTE, LAVERE_LOFT, fyldt_budget, indtil_aaret, tilbud
from tests.takster.genberegning.test_sider import liste

pytestmark = pytest.mark.django_db


def anbefalet() -> Rammeaftale:
    """Of 2027 and 2028, recommended by KKR."""
    aftale = kladde("Gladsaxe", "Rødovre")
    indtil_aaret()
    anbefal(aftale)
    return aftale


def udsend(aftale: Rammeaftale) -> None:
    html = tekst(sekretariat().post(reverse("rammeaftale:udsend_vilkaar", args=[aftale.slug]), follow=True))
    assert "Vilkårene er udsendt som foreløbige: sæt 2." in html


def udgiv(et: Budget) -> None:
    """From the budget to a published takst, on the pages of two persons."""
    svar = logget_ind().post(reverse("takster:beregn", args=[et.pk]))
    videre(svar.headers["Location"].rsplit("/", 1)[1])


def videre(beregning: UUID | str) -> None:
    """A draft, on to publication."""
    foerste, anden = logget_ind(), logget_ind(Rolle.TILBUDSLEDER)
    for hvem, trin in ((foerste, "indsend"), (anden, "godkend"), (foerste, "offentliggoer")):
        assert hvem.post(reverse(f"takster:{trin}", args=[beregning])).status_code == 302


def rest(sti: str, **soegning: Any) -> Any:
    """As a system of the operator's reads it."""
    svar = klienter.driftsherre().get(f"/api/v1/{sti}", soegning)
    assert svar.status_code == 200, svar.content
    return svar.json()


def taksten(et: Budget) -> dict[str, Any]:
    (fundet,) = rest("takster", tilbud=et.tilbud_id, gyldigPaa=FOERSTE)["resultater"]
    return dict(fundet)


def styrende(et: Budget) -> tuple[int, str, str]:
    fundet = rest(f"tilbud/{et.tilbud_id}/vilkaar", gyldigPaa=FOERSTE)
    return fundet["saet"]["nummer"], fundet["saet"]["status"], fundet["grund"]


def vedtag(aftale: Rammeaftale) -> None:
    """Every party's approval, registered by the secretariat's system."""
    systemet = klienter.sekretariat()
    for part in rest(f"rammeaftaler/{aftale.pk}/parter")["resultater"]:
        svar = klienter.send_set(
            systemet,
            f"/api/v1/rammeaftaler/{aftale.pk}/parter/{part['id']}/godkendelser",
            {
                "status": "godkendt",
                "dato": idag().isoformat(),
                "organ": "Kommunalbestyrelsen",
                "referatUrl": "https://www.example.dk/referat",
            },
        )
        assert svar.status_code == 201, svar.content
    assert rest(f"rammeaftaler/{aftale.pk}")["tilstand"] == "vedtaget"


def test_takst_of_preliminary_terms_is_listed_and_made_anew_when_they_become_final() -> None:
    aftale = anbefalet()
    udsend(aftale)
    uaendret, aendret = budget(tilbud("Uændret"), aar=AAR), fyldt_budget()
    for et in (uaendret, aendret):
        udgiv(et)
        assert (taksten(et)["vilkaarssaet"], taksten(et)["foreloebig"]) == (2, True)
    foer = taksten(aendret)["pris"]["beloeb"]
    assert "Foreløbig" in tekst(logget_ind().get(reverse("takster:historik", args=[aendret.tilbud_id])))
    send(aftale)
    aabn_ny_version(aftale)
    klausulen, *_ = klausuler(nyeste(aftale))
    saet(aftale, klausulen.udgave, {**fabrik.VAERDIER, **LAVERE_LOFT})
    anbefal(aftale)
    send(aftale, Aendringsart.ALLE_PARTER)
    assert "bliver genberegnet" not in liste(), "sent is not adopted"
    vedtag(aftale)
    assert "2 beregninger med foreløbige vilkår bliver genberegnet" in liste()
    genberegn_takster()
    assert "bliver genberegnet" not in liste()
    bekraeftet = taksten(uaendret)
    assert (bekraeftet["vilkaarssaet"], bekraeftet["foreloebig"], bekraeftet["bekraeftetAf"]) == (2, False, 3)
    assert (taksten(aendret)["foreloebig"], taksten(aendret)["pris"]["beloeb"]) == (True, foer), "till two have agreed"
    (ny,) = rest("takstberegninger", tilbud=aendret.tilbud_id, tilstand="kladde")["resultater"]
    assert ny["begrundelse"].startswith("Genberegnet: vilkårene er blevet endelige (Rammeaftale 2027, version 2")
    assert reverse("takster:beregning", args=[ny["id"]]) in liste()
    videre(ny["id"])
    nu = taksten(aendret)
    assert (nu["vilkaarssaet"], nu["foreloebig"], nu["takstberegningId"]) == (3, False, ny["id"])
    assert float(nu["pris"]["beloeb"]) > float(foer)


def test_previous_terms_go_on_when_no_preliminary_ones_are_published() -> None:
    aftale = anbefalet()
    et = budget(tilbud("Uændret"), aar=AAR)
    assert styrende(et) == (
        1,
        "endelig",
        "Intet sæt er udsendt for dagen, så det seneste endelige fortsætter.",
    )
    udgiv(et)
    foer = taksten(et)
    assert (foer["vilkaarssaet"], foer["foreloebig"]) == (1, False)
    send(aftale)
    vedtag(aftale)
    assert styrende(et)[:2] == (2, "endelig")
    assert "bliver genberegnet" not in liste()
    genberegn_takster()
    assert taksten(et) == foer, "what is published of final terms stands"


def test_previous_terms_go_on_again_when_the_secretariat_takes_the_preliminary_ones_back() -> None:
    aftale = anbefalet()
    udsend(aftale)
    et = budget(tilbud("Uændret"), aar=AAR)
    udgiv(et)
    assert styrende(et)[:2] == (2, "foreloebig")
    side = reverse("rammeaftale:traek_vilkaar", args=[aftale.slug])
    assert "De foreløbige vilkår er trukket tilbage: sæt 2." in tekst(sekretariat().post(side, follow=True))
    assert "1 beregning med foreløbige vilkår bliver genberegnet" in liste()
    assert styrende(et)[0] == 1
    genberegn_takster()
    assert (taksten(et)["foreloebig"], taksten(et)["bekraeftetAf"]) == (False, 1)
