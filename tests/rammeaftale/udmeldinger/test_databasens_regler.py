"""What the database itself keeps of central calls, whoever writes."""

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from faelles.scope import UdenScope, saet_database_aktoer
from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.models import (
    Rammeaftale,
    Udmeldingsantal,
    Udmeldingsfaktum,
    Udmeldingssvar,
)
from tests import fabrik
from tests.rammeaftale.udmeldinger.situationer import part, svaret, udmelding
from tests.rammeaftale.udmeldinger.test_actions import antal, embedsmand

pytestmark = pytest.mark.django_db


def test_database_shows_a_count_to_the_municipality_and_the_secretariat_alone(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    givet = svaret(hvad, "Herlev", 3, af=embedsmand("Herlev"))
    for aktoer, ser in (
        (embedsmand("Herlev"), 1),
        (fabrik.aktoer(Rolle.LAESER, fabrik.kommune("Herlev").organisation), 1),
        (fabrik.sekretariat(), 1),
        (embedsmand("Rødovre"), 0),
        (fabrik.sekretariat("KKR Syddanmark"), 0),
    ):
        saet_database_aktoer(aktoer)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM rammeaftale_udmeldingsantal")
            assert cursor.fetchone() == (ser,)
        assert Udmeldingsantal.objects.synlige_for(aktoer).count() == ser
    saet_database_aktoer(embedsmand("Rødovre"))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Udmeldingsantal.objects.create(part=givet.part, antal_borgere=4)
    with pytest.raises(UdenScope):
        Udmeldingsantal.objects.get(part=givet.part)
    assert antal(embedsmand("Herlev"), hvad)[0][1] == "3"


@pytest.mark.parametrize(
    ("regel", "felter"),
    [
        ("udmeldingsfaktum_netop_paalaeg_om_tilbud", {"art": "midlertidigt_paalaeg"}),
        ("udmeldingsfaktum_netop_paalaeg_om_tilbud", {"art": "rapport_sendt", "med": "tilbud"}),
        ("udmeldingsfaktum_paalaeg_slutter", {"art": "midlertidigt_paalaeg", "med": "slut"}),
        ("udmeldingsfaktum_art_kendt", {"art": "andet"}),
        ("udmeldingsfaktum_kun_fornyet_har_ny_svarfrist", {"art": "rapport_sendt", "svarfrist": "om"}),
        ("udmeldingsfaktum_kun_fornyet_har_ny_svarfrist", {"art": "fornyet_behandling", "svarfrist": "foer"}),
    ],
)
def test_database_keeps_what_a_fact_must_hold(aftale: Rammeaftale, regel: str, felter: dict[str, str]) -> None:
    hvad, med = udmelding(aftale), felter.get("med")
    tilbud = fabrik.tilbud() if med else None
    slut = fabrik.om(-1) if med == "slut" else None
    ny_frist = {"om": fabrik.om(1), "foer": fabrik.om(-1)}.get(felter.get("svarfrist", ""))
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Udmeldingsfaktum.objects.create(
            udmelding=hvad, art=felter["art"], dato=idag(), tilbud=tilbud, sidste_dag=slut, svarfrist=ny_frist,
            registreret_af=fabrik.kommune().organisation, identitet="test",
        )  # fmt: skip


def test_database_keeps_answers_that_say_something_and_changes_none(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    with pytest.raises(IntegrityError, match="udmeldingssvar_siger_noget"), transaction.atomic():
        Udmeldingssvar.objects.create(
            udmelding=hvad, part=part(hvad, "Herlev"), registreret_af=fabrik.kommune().organisation, identitet="test"
        )
    svaret(hvad, "Herlev", 5)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Udmeldingssvar.objects.update(plan="Nyt")
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Udmeldingsantal.objects.for_systemet("a test").update(antal_borgere=6)
