"""The fields of an agreed price say what the operator has published of it, and nothing of what waits or is another's."""

from dataclasses import replace

import pytest
from django.urls import reverse

from takster.models import Takst
from tests import fabrik
from tests.sag.ophold.test_sider import leder, url
from tests.takster.prisblade.situationer import NATTEVAGT, gladsaxes, niveauer, tillaeg, udgivet
from tests.venteliste.situationer import med_venteliste, venter

pytestmark = pytest.mark.django_db


def test_foreslaa_pris__says_the_published_prices_at_their_fields() -> None:
    ophold = fabrik.ophold()
    takst = Takst.objects.get()
    udgivet(tillaeg(takst, fra=fabrik.om(0)))
    udgivet(tillaeg(takst, fra=fabrik.om(0), budget=replace(NATTEVAGT, navn="Ridning")))
    udgivet(niveauer(takst, fra=fabrik.om(0)))
    udgivet(tillaeg(gladsaxes(fra=fabrik.om(0), til=fabrik.om(30)), budget=replace(NATTEVAGT, navn="Fremmed")))
    tillaeg(takst, fra=fabrik.om(0), budget=replace(NATTEVAGT, navn="Venter"))
    felter = leder().get(url(ophold, "foreslaa_pris")).context["form"].fields
    nat, andet, pris = (str(felter[navn].help_text) for navn in ("tillaeg_nattevagt", "tillaeg_andet", "takst"))
    assert nat.startswith("Offentliggjort: Vågen nattevagt, 1.0")
    assert "kr./døgn (Hovedhuset, SEL-107, " in nat
    assert andet.startswith("Offentliggjort: Ridning, ")
    assert all(f"Niveau {nummer}, " in pris for nummer in (1, 2, 3))
    samlet = " ".join(str(felt.help_text) for felt in felter.values())
    assert "Venter" not in samlet
    assert "Fremmed" not in samlet


def test_a_decision_without_a_price_says_nothing_of_prices() -> None:
    ophold = fabrik.ophold()
    udgivet(tillaeg(Takst.objects.get(), fra=fabrik.om(0)))
    felter = leder().get(url(ophold, "opsig")).context["form"].fields
    assert "Offentliggjort" not in " ".join(str(felt.help_text) for felt in felter.values())


def test_giv_pladstilbud__says_them_too() -> None:
    henvendelse = fabrik.henvendelse()
    afdeling = henvendelse.tilbud.afdelinger.first() or fabrik.afdeling(henvendelse.tilbud)
    takst = Takst.objects.filter(afdeling=afdeling).first() or fabrik.takst(afdeling)
    udgivet(tillaeg(takst, fra=fabrik.om(0)))
    form = leder().get(reverse("forespoergsler:giv_pladstilbud", args=[henvendelse.pk])).context["form"]
    assert "Vågen nattevagt" in str(form.fields["tillaeg_nattevagt"].help_text)


def test_place_from_the_waiting_list__says_them_too() -> None:
    liste = med_venteliste()
    post, afdeling = venter(liste), liste.tilbud.afdelinger.get()
    takst = Takst.objects.filter(afdeling=afdeling).first() or fabrik.takst(afdeling)
    udgivet(tillaeg(takst, fra=fabrik.om(0)))
    form = leder().get(reverse("venteliste:tilbyd", args=[post.henvendelse_id])).context["form"]
    assert "Vågen nattevagt" in str(form.fields["tillaeg_nattevagt"].help_text)
