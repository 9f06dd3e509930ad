"""What the database itself keeps of an agreement's steps, whoever writes."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from faelles.tid import Periode, idag
from rammeaftale.actions.trin import Faktum
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Godkendelse, Part, Rammeaftale
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.rammeaftale.aftaler import saet, sendt
from tests.rammeaftale.moeder.situationer import REFERAT
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_trin import afvist_af_databasen, efterproev, ny, nyeste
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("vilkaar", [{Noegle.INDSIGELSE_FRIST: "45"}, {}])
def test_database_itself_carries_no_approval_over_to_other_terms(vilkaar: dict[Noegle, str]) -> None:
    aftale = sendt()
    beslut(aftale, aftale.parter.all()[0], dato=idag())
    gammel = Godkendelse.objects.get()
    ny(aftale)
    if vilkaar:
        saet(aftale, klausuler(nyeste(aftale))[0].udgave, {**fabrik.VAERDIER, **vilkaar})
    videre = {felt: getattr(gammel, felt) for felt in ("part", "status", "dato", "organ", "referat_url", "identitet")}
    videre |= {"registreret_af": aftale.kkr.sekretariat, "version": nyeste(aftale), "viderefoert_fra": gammel}
    if not vilkaar:
        Godkendelse.objects.create(**videre)  # a control: nothing has changed
        return
    with pytest.raises(IntegrityError, match="til andre vilkår"), transaction.atomic():
        Godkendelse.objects.create(**videre)


def test_database_itself_adopts_nothing_without_every_party() -> None:
    aftale = sendt()
    vedtag = partial(Rammeaftale.objects.filter(pk=aftale.pk).update, tilstand="vedtaget", vedtaget=idag())
    assert afvist_af_databasen(vedtag)
    for part in aftale.parter.all()[1:]:
        beslut(aftale, part, dato=idag())
    assert afvist_af_databasen(vedtag)


def test_database_lets_no_party_and_no_rejection_in_behind_an_adopted_agreement() -> None:
    aftale = fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET)
    efterproev()
    part: dict[str, Any] = {"aftale": aftale, "organisation": fabrik.region().organisation}
    nej: dict[str, Any] = {
        "version": nyeste(aftale),
        "part": aftale.parter.all()[0],
        "status": "afvist",
        "dato": idag(),
        "organ": "x",
    }
    hvem: dict[str, Any] = {"referat_url": REFERAT, "registreret_af": aftale.kkr.sekretariat, "identitet": "test"}
    assert afvist_af_databasen(lambda: Part.objects.create(periode=aftale.periode, **part))
    assert afvist_af_databasen(lambda: Godkendelse.objects.create(**nej, **hvem))
    senere = Periode(date(2028, 1, 1), date(2029, 1, 1)).som_range
    assert not afvist_af_databasen(lambda: Part.objects.create(periode=senere, **part)), "a control: who accedes later"


def test_database_lets_no_new_version_be_sent_behind_an_adopted_agreement() -> None:
    aftale = fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET)
    efterproev()
    ny = nyeste(aftale).nummer + 1
    assert afvist_af_databasen(lambda: aftale.versioner.create(nummer=ny, sendt=idag()))
    usendt = aftale.versioner.create(nummer=ny)
    efterproev()
    assert afvist_af_databasen(lambda: aftale.versioner.filter(pk=usendt.pk).update(sendt=idag()))


@pytest.mark.parametrize(
    ("dage", "hvorfor"),
    [(-1, "før alle parter"), (0, ""), (1, "den dag, den sidste part godkendte"), (70, "den dag, den sidste part")],
)
def test_database_itself_dates_the_adoption_by_the_last_approval(dage: int, hvorfor: str) -> None:
    aftale = fabrik.aftale()
    fabrik.godkendt_af_alle(aftale)
    dag = fabrik.GODKENDT + timedelta(days=dage)
    vedtag = partial(Rammeaftale.objects.filter(pk=aftale.pk).update, tilstand="vedtaget", vedtaget=dag)
    assert afvist_af_databasen(vedtag, hvorfor) == bool(hvorfor)


@pytest.mark.parametrize("faktum", list(Faktum))
@pytest.mark.parametrize("allonge", [False, True])
@pytest.mark.parametrize(
    ("tilstand", "dage", "afvises"),
    [
        (Aftaletilstand.KLADDE, 0, True),
        (Aftaletilstand.SENDT, 0, True),
        (Aftaletilstand.VEDTAGET, -1, True),
        (Aftaletilstand.VEDTAGET, 0, False),
    ],
)
def test_database_itself_dates_publication_and_sending_by_the_adoption(
    *, faktum: Faktum, allonge: bool, tilstand: Aftaletilstand, dage: int, afvises: bool
) -> None:
    aftale = fabrik.aftale(tilstand=tilstand)
    if allonge:
        til = fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET, slug="til", fra=date(2029, 1, 1), til=date(2031, 1, 1))
        Rammeaftale.objects.filter(pk=aftale.pk).update(hovedaftale=til)
    efterproev()
    dag = fabrik.GODKENDT + timedelta(days=dage)
    dater = partial(Rammeaftale.objects.filter(pk=aftale.pk).update, **{faktum.value: dag})
    assert afvist_af_databasen(dater, f"rammeaftale_{faktum.value}_efter_vedtagelsen") == afvises
