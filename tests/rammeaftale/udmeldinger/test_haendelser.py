"""What the outbox is told of a central call."""

import pytest

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.models import Haendelse
from rammeaftale.models import Rammeaftale, Udmelding
from rammeaftale.udmeldinger import actions
from rammeaftale.udmeldinger.regler import Udmeldingsart
from tests import fabrik
from tests.rammeaftale.udmeldinger.situationer import indhold, sket, svaret, udmelding

pytestmark = pytest.mark.django_db


def haendelser(hvad: Udmelding) -> list[str]:
    """What was told of the call, in the order it was done."""
    alle = Haendelse.objects.filter(type__startswith="udmelding.", entitet="udmelding", entitet_id=str(hvad.pk))
    return [
        type_.removeprefix("udmelding.") for type_ in alle.order_by("tidspunkt", "id").values_list("type", flat=True)
    ]


def test_everything_that_happens_with_a_call_is_told_and_what_is_refused_is_not(aftale: Rammeaftale) -> None:
    hvad, af = udmelding(aftale), fabrik.sekretariat()
    assert haendelser(hvad) == ["registreret"]
    actions.ret(aktoer=af, udmelding_id=hvad.pk, indhold=indhold("Et andet navn"))
    svaret(hvad, "Herlev", 5)
    with pytest.raises(UgyldigtInput):
        svaret(hvad, "Herlev", -1)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    with pytest.raises(Konflikt):
        svaret(hvad, "Herlev", 6)
    sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=fabrik.tilbud())
    fornyet = sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    actions.annuller_faktum(aktoer=af, faktum_id=fornyet.pk, begrundelse="Forkert udmelding")
    with pytest.raises(Konflikt):
        actions.annuller_faktum(aktoer=af, faktum_id=fornyet.pk, begrundelse="Igen")
    actions.annuller(aktoer=af, udmelding_id=hvad.pk, begrundelse="Forkert aftale")
    assert haendelser(hvad)[1:] == [
        "rettet",
        "besvaret",
        "rapport_sendt",
        "midlertidigt_paalaeg",
        "fornyet_behandling",
        "haendelse_annulleret",
        "annulleret",
    ]


def test_call_that_is_taken_away_is_told(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    actions.slet(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)
    assert haendelser(hvad) == ["registreret", "fjernet"]
