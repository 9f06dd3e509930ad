"""Packages: several takster of a department sold as one, split by paragraph, and never another sum than what is published."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.ids import uuid7
from faelles.tid import Periode, nu
from takster.models import Prisart, Takst
from takster.prisblade import queries
from takster.prisblade.inddata import genberegn
from takster.prisblade.udgivelse import afslut_afledte
from tests import fabrik
from tests.api import klienter
from tests.takster.budget.situationer import oekonom
from tests.takster.fastsaettelse.test_views import logget_ind, tekst
from tests.takster.prisblade.situationer import FRA, gladsaxes, pakke, udgivet
from tests.takster.prisblade.test_views import dato

pytestmark = pytest.mark.django_db
TIL = date(2027, 1, 1)


def test_aarsliste__has_the_package_beside_each_takst_it_is_of_and_no_other() -> None:
    foerste, anden = to()
    tredje = fabrik.takst(foerste.afdeling, "90.00", kode="SEL-85", fra=FRA, til=TIL)
    udgivet(pakke(foerste, anden))
    priser = queries.i_aaret(oekonom(), FRA.year)
    ved = {takst.hjemmel_id: [str(blad) for blad in queries.ved(takst, priser)] for takst in (foerste, anden, tredje)}
    assert ved == {"SEL-107": ["Bolig og beskæftigelse"], "SEL-108": ["Bolig og beskæftigelse"], "SEL-85": []}
    fil = logget_ind().get(reverse("takster:eksport_aarsliste", args=[FRA.year, "csv"])).getvalue().decode()
    assert fil.count("Bolig og beskæftigelse: 3.300,00 kr./døgn") == 2


def to() -> tuple[Takst, Takst]:
    """Two takster of one department, the second till September."""
    foerste = gladsaxes()
    return foerste, fabrik.takst(foerste.afdeling, "613.00", kode="SEL-108", fra=FRA, til=date(2026, 9, 1))


def test_foreslaa_pakke__is_the_sum_split_by_paragraph_on_days_all_its_takster_hold() -> None:
    blad = pakke(*to())
    assert [(linje.navn, int(linje.beloeb)) for linje in blad.linjer] == [
        ("Bolig og beskæftigelse", 3300), ("heraf SEL-107", 2687), ("heraf SEL-108", 613),
    ]  # fmt: skip
    assert (Periode.af_range(blad.periode), blad.hjemmel_id) == (Periode(FRA, date(2026, 9, 1)), None)
    assert genberegn(Prisart.PAKKE, blad.beregning) == blad.beregning


def test_foreslaa_pakke__needs_another_takst_of_the_same_department() -> None:
    foerste, _ = to()
    for andre in ((), (gladsaxes(),)):
        with pytest.raises(UgyldigtInput) as fejl:
            pakke(foerste, *andre)
        assert set(fejl.value.felter) == {"andre"}


def test_pakke__another_takst_ends_it_from_its_day_and_the_same_does_not() -> None:
    foerste, anden = to()
    blad = udgivet(pakke(foerste, anden))
    ens = Takst(
        afdeling=foerste.afdeling, hjemmel=anden.hjemmel, enhed="doegn", beloeb=Decimal(613), periode=anden.periode
    )
    afslut_afledte(oekonom(), [ens])
    assert [b.pk for b in queries.for_tilbud(oekonom(), blad.tilbud_id)] == [blad.pk]
    anden_pris = Takst(
        afdeling=foerste.afdeling, hjemmel=anden.hjemmel, enhed="doegn", beloeb=Decimal(700), oprettet=nu(),
        periode=Periode(date(2026, 7, 1), TIL).som_range,
    )  # fmt: skip
    afslut_afledte(oekonom(), [anden_pris])
    (rest,) = queries.for_tilbud(oekonom(), blad.tilbud_id)
    assert Periode.af_range(rest.periode) == Periode(FRA, date(2026, 7, 1))


def test_godkend__a_package_of_a_takst_that_was_changed_meanwhile_is_refused() -> None:
    foerste, anden = to()
    blad = pakke(foerste, anden)
    Takst.objects.filter(pk=anden.pk).update(ophoert=nu())
    with pytest.raises(Konflikt) as fejl:
        udgivet(blad)
    assert fejl.value.kode == "takst_aendret"


def test_pakke__the_database_refuses_two_of_a_name_on_one_day_and_one_with_a_legal_basis() -> None:
    foerste, anden = to()
    blad = udgivet(pakke(foerste, anden))
    blad.pk, blad._state.adding = uuid7(), True
    with pytest.raises(IntegrityError, match="prisblad_pakke_en_ad_gangen"), transaction.atomic():
        blad.save()
    blad.navn, blad.hjemmel = "Anden", foerste.hjemmel
    with pytest.raises(IntegrityError, match="prisblad_hjemmel_undtagen_pakker"), transaction.atomic():
        blad.save()


def test_package_is_put_together_on_its_page_and_read_by_all() -> None:
    foerste = gladsaxes()
    anden = fabrik.takst(foerste.afdeling, "613.00", kode="SEL-108", fra=FRA, til=TIL)
    ny = reverse("takster:ny_pakke", args=[foerste.afdeling.tilbud_id])
    felter = {"navn": "Pakken", "takst": str(foerste.pk), **dato("fra", "1", "1", "2026")}
    assert logget_ind().post(ny, felter).status_code == 422
    svar = logget_ind().post(ny, {**felter, "andre": [str(anden.pk)]}, follow=True)
    assert "heraf SEL-108" in tekst(svar)
    blad = udgivet(queries.undervejs(oekonom(), foerste.afdeling.tilbud_id).get())
    laeser = logget_ind(fabrik.Rolle.SAGSBEHANDLER, "Rødovre")
    side = tekst(laeser.get(reverse("takster:prisliste", args=[blad.tilbud_id])))
    assert "Pakken: 3.300,00 kr./døgn" in side
    assert "SEL-107 og SEL-108" in side
    (raekke,) = klienter.myndighed().get("/api/v1/prisblade", {"gyldigPaa": "2026-06-01"}).json()["resultater"]
    assert (raekke["art"], raekke["hjemmel"], len(raekke["priser"])) == ("pakke", None, 3)
