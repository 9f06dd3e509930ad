"""What others may see of the counts is what the report that is sent says, so that no page beside it gives a hidden one away."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from faelles.fejl import Konflikt
from faelles.models import JobStatus
from faelles.scope import som_systemet
from faelles.tid import idag, nu
from kommuner.models import Rolle
from rammeaftale.models import Udmelding, Udmeldingsfaktum, Udmeldingsrapport, Udmeldingssvar
from rammeaftale.udmeldinger import actions
from rammeaftale.udmeldinger.actions import Faktumindhold
from rammeaftale.udmeldinger.rapporter import seneste_rapport, vist_foer
from rammeaftale.udmeldinger.regler import Udmeldingsart
from rammeaftale.udmeldinger.svarene import rapportens_svar, svaroversigt
from tests import fabrik
from tests.rammeaftale.udmeldinger.situationer import med_rapport, sket, svaret, udmelding

pytestmark = pytest.mark.django_db

SENDT, FORNYET = Udmeldingsart.RAPPORT_SENDT, Udmeldingsart.FORNYET_BEHANDLING
KOMMUNER = ("Ballerup", "Gladsaxe", "Herlev", "Rødovre", "Tårnby")


@pytest.fixture
def hvad() -> Udmelding:
    """A call to five, of which the last only reads."""
    return udmelding(fabrik.aftale(parter=KOMMUNER))


def besvaret(hvad: Udmelding, **antal: int) -> None:
    for navn, tal in antal.items():
        svaret(hvad, navn.replace("oe", "ø"), tal)


def registreret_sendt(hvad: Udmelding, dato: date) -> Udmeldingsfaktum:
    """As `sket`, and no report is made for it."""
    indhold = Faktumindhold(SENDT, dato, None, None, "", "")
    return actions.registrer_faktum(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk, indhold=indhold)


def ser(hvad: Udmelding) -> tuple[list[str], str]:
    """What somebody sees whose municipality has not answered."""
    laeser = fabrik.aktoer(Rolle.LAESER, fabrik.kommune("Tårnby").organisation)
    oversigt = svaroversigt(laeser, hvad, idag())
    return [s.antal for s in oversigt.svar], oversigt.i_alt


def staar_i(rapport: Udmeldingsrapport) -> tuple[list[str], str]:
    """What the report says to the same."""
    oversigt = rapportens_svar(rapport)
    return [s.antal for s in oversigt.svar], oversigt.i_alt


def aabnes(hvad: Udmelding) -> Udmeldingsrapport | None:
    return seneste_rapport(fabrik.aktoer(Rolle.LAESER, fabrik.kommune("Tårnby").organisation), hvad, idag())


@pytest.mark.parametrize("dato", [idag, lambda: idag() - timedelta(days=3)], ids=["today", "back-dated"])
def test_report_is_not_sent_before_one_is_made_of_every_answer(hvad: Udmelding, dato: Callable[[], date]) -> None:
    besvaret(hvad, Ballerup=10, Gladsaxe=12, Herlev=20)
    with pytest.raises(Konflikt, match="ikke lavet endnu"):
        registreret_sendt(hvad, dato())
    med_rapport(hvad)
    besvaret(hvad, Roedovre=1)
    with pytest.raises(Konflikt, match="En kommune har svaret, efter"):
        registreret_sendt(hvad, dato())
    actions.bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)
    with pytest.raises(Konflikt, match="En kommune har svaret, efter"):
        registreret_sendt(hvad, dato())
    assert not Udmeldingsfaktum.objects.exists()
    ny = med_rapport(hvad)
    registreret_sendt(hvad, idag())
    assert aabnes(hvad) == ny
    assert ser(hvad) == staar_i(ny) == (["Skjult", "Skjult", "20", "Skjult", ""], "43")


def test_page_beside_the_report_shows_its_figures_and_no_later_answers(hvad: Udmelding) -> None:
    besvaret(hvad, Ballerup=10, Gladsaxe=12, Herlev=20)
    sket(hvad, SENDT)
    (foer, rapport) = (ser(hvad), aabnes(hvad))
    assert foer == (["10", "12", "20", "", ""], "42")
    for navn in ("Rødovre", "Herlev"):  # as when such a one could be registered
        part = hvad.aftale.parter.get(organisation=fabrik.kommune(navn).organisation)
        af = {"registreret_af": part.organisation, "identitet": "test"}
        Udmeldingssvar.objects.create(udmelding=hvad, part=part, plan="For sent", **af)
    assert rapport is not None
    assert ser(hvad) == staar_i(rapport) == foer


def test_later_round_hides_the_total_that_would_tell_one_answer(hvad: Udmelding) -> None:
    besvaret(hvad, Ballerup=10, Gladsaxe=12, Herlev=20)
    sket(hvad, SENDT)
    assert ser(hvad) == (["10", "12", "20", "", ""], "42")
    sket(hvad, FORNYET)
    besvaret(hvad, Roedovre=1)
    sket(hvad, SENDT)
    ventet = (["Skjult", "Skjult", "20", "Skjult", ""], "Skjult")
    rapport = aabnes(hvad)
    assert rapport is not None
    assert ser(hvad) == staar_i(rapport) == ventet, "43 - 42 is Rødovre's"


def test_what_an_earlier_round_hid_is_hidden_on(hvad: Udmelding) -> None:
    besvaret(hvad, Ballerup=20, Gladsaxe=3, Herlev=40, Roedovre=50)
    sket(hvad, SENDT)
    assert ser(hvad) == (["Skjult", "Skjult", "Skjult", "50", ""], "113")
    sket(hvad, FORNYET)
    besvaret(hvad, Gladsaxe=30)
    sket(hvad, SENDT)
    assert ser(hvad) == (["Skjult", "Skjult", "Skjult", "50", ""], "Skjult"), (
        "Ballerup's 20 would tell that Gladsaxe's was 3"
    )


def test_later_round_shows_everything_when_nothing_is_or_was_hidden(hvad: Udmelding) -> None:
    besvaret(hvad, Ballerup=10, Gladsaxe=12, Herlev=20)
    sket(hvad, SENDT)
    sket(hvad, FORNYET)
    besvaret(hvad, Roedovre=15)
    sket(hvad, SENDT)
    assert ser(hvad) == (["10", "12", "20", "15", ""], "57")


def test_report_whose_sending_was_annulled_has_been_read_too(hvad: Udmelding) -> None:
    besvaret(hvad, Ballerup=10, Gladsaxe=12, Herlev=20)
    foerste = sket(hvad, SENDT)
    actions.annuller_faktum(aktoer=fabrik.sekretariat(), faktum_id=foerste.pk, begrundelse="Ikke sendt endnu")
    assert ser(hvad) == (["Skjult"] * 3 + ["", ""], "Skjult")
    besvaret(hvad, Roedovre=1)
    sket(hvad, SENDT)
    assert ser(hvad) == (["Skjult", "Skjult", "20", "Skjult", ""], "Skjult")


def test_new_report_of_the_same_answers_says_the_same(hvad: Udmelding) -> None:
    besvaret(hvad, Ballerup=20, Gladsaxe=3, Herlev=40, Roedovre=50)
    foerste = sket(hvad, SENDT)
    foer = ser(hvad)
    actions.annuller_faktum(aktoer=fabrik.sekretariat(), faktum_id=foerste.pk, begrundelse="Forkert dato")
    ny = med_rapport(hvad)
    sket(hvad, SENDT)
    assert (aabnes(hvad), len(vist_foer(hvad, ny.bestilt))) == (ny, 1)
    assert ser(hvad) == staar_i(ny) == foer == (["Skjult", "Skjult", "Skjult", "50", ""], "113")


@pytest.mark.parametrize("status", [JobStatus.I_KOE, JobStatus.FEJLET])
def test_sent_report_is_read_whatever_becomes_of_one_ordered_later(hvad: Udmelding, status: JobStatus) -> None:
    besvaret(hvad, Ballerup=10, Gladsaxe=12, Herlev=20)
    sket(hvad, SENDT)
    sendt = aabnes(hvad)
    senere = actions.bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)
    with som_systemet("a test"):
        senere.job.status = status
        senere.job.afsluttet = nu() if senere.job.er_slut else None
        senere.job.save(update_fields=["status", "afsluttet"])
    assert sendt is not None
    assert aabnes(hvad) == sendt
    assert ser(hvad)[1] == "42"
    assert seneste_rapport(fabrik.sekretariat(), hvad, idag()) == senere
    med_rapport(hvad)
    assert aabnes(hvad) == sendt, "a later one is a draft until it is sent"


def test_report_ordered_and_not_made_when_it_was_sent_leaves_the_one_that_was(hvad: Udmelding) -> None:
    lavet = med_rapport(hvad)
    actions.bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)
    sket(hvad, SENDT)
    assert aabnes(hvad) == lavet
