"""Focus areas of the previous agreement carried on: what is offered, what comes with them, and what stays behind."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.tid import idag
from rammeaftale.aarshjul.regler import aar_senere
from rammeaftale.actions import opret_aftale
from rammeaftale.fokus import actions
from rammeaftale.fokus.overtagelse import kan_overtages
from rammeaftale.fokus.regler import Milepaelsstand, Ophav
from rammeaftale.models import Fokusomraade, Milepael, Part, Rammeaftale
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.fokus.situationer import indsats, meldt, milepael, omraade
from tests.rammeaftale.test_sider import sekretariat

pytestmark = pytest.mark.django_db


@pytest.fixture
def gammel() -> Rammeaftale:
    return fabrik.aftale(fra=date(2025, 1, 1), til=date(2027, 1, 1), slug="den-gamle")


@pytest.fixture
def ny(gammel: Rammeaftale) -> Rammeaftale:
    return efter(gammel)


def efter(gammel: Rammeaftale) -> Rammeaftale:
    return opret_aftale(
        aktoer=fabrik.sekretariat(), titel="Den nye", fra=date(2027, 1, 1), til=date(2029, 1, 1), forrige_id=gammel.pk
    )


def overtag(ny: Rammeaftale, *hvad: Fokusomraade) -> list[Fokusomraade]:
    return actions.overtag(aktoer=fabrik.sekretariat(), aftale_id=ny.pk, omraade_ider=[o.pk for o in hvad])


def test_areas_with_open_work_are_offered_until_they_are_carried_on(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    aaben, uden_milepaele, tom, faerdig = (omraade(gammel, navn) for navn in ("Åben", "Begyndt", "Tom", "Færdig"))
    milepael(indsats(aaben))
    indsats(uden_milepaele)
    meldt(milepael(indsats(faerdig)), Milepaelsstand.NAAET)
    meldt(milepael(indsats(faerdig, "En anden")), Milepaelsstand.OPGIVET)
    assert [v.omraade for v in kan_overtages(ny, idag())] == [aaben, uden_milepaele]
    overtag(ny, aaben)
    assert [v.omraade for v in kan_overtages(ny, idag())] == [uden_milepaele]
    assert kan_overtages(gammel, idag()) == [], "it has none before it"
    for forkert in (tom, faerdig, aaben):
        with pytest.raises(UgyldigtInput) as fejl:
            overtag(ny, uden_milepaele, forkert)
        assert "omraader" in fejl.value.felter
    with pytest.raises(UgyldigtInput):
        overtag(ny)


def test_only_open_work_comes_along_with_its_deadlines_moved_and_nothing_reported(
    gammel: Rammeaftale, ny: Rammeaftale
) -> None:
    gammelt = omraade(gammel)
    i = indsats(gammelt)
    meldt(milepael(i, "Nået"), Milepaelsstand.NAAET)
    aaben = milepael(i, "I gang")
    meldt(aaben, Milepaelsstand.I_GANG)
    meldt(milepael(indsats(gammelt, "Slut"), "Opgivet"), Milepaelsstand.OPGIVET)
    egen = omraade(ny, "Et nyt")
    (nyt,) = overtag(ny, gammelt)
    assert (nyt.navn, nyt.beskrivelse, nyt.fortsaetter, nyt.gennemgaa) == (
        gammelt.navn, gammelt.beskrivelse, gammelt, True,
    )  # fmt: skip
    assert nyt.nummer == egen.nummer + 1
    (kommet,) = Milepael.objects.filter(indsats__fokusomraade=nyt)
    assert (kommet.navn, kommet.indsats.navn, kommet.ansvarlig) == ("I gang", i.navn, aaben.ansvarlig)
    assert kommet.frist == aar_senere(aaben.frist, 2)
    assert not kommet.meldinger.exists()
    assert aaben.meldinger.count() == 1, "the previous agreement keeps its own"


def test_milestone_of_one_who_is_no_party_any_more_goes_to_its_successor_or_the_secretariat(
    gammel: Rammeaftale, ny: Rammeaftale
) -> None:
    gammelt = omraade(gammel)
    milepael(indsats(gammelt), ansvarlig="Rødovre")
    roedovre, herlev = (fabrik.kommune(navn).organisation for navn in ("Rødovre", "Herlev"))
    Part.objects.filter(aftale=ny, organisation=roedovre)._raw_delete("default")  # nothing points at it
    Part.objects.filter(aftale=gammel, organisation=roedovre).update(efterfoelger=herlev)
    (nyt,) = overtag(ny, gammelt)
    assert Milepael.objects.get(indsats__fokusomraade=nyt).ansvarlig == herlev
    Part.objects.filter(aftale=gammel).update(efterfoelger=None)
    anden = omraade(gammel, "Et andet")
    milepael(indsats(anden), ansvarlig="Rødovre")
    (nyt,) = overtag(ny, anden)
    assert Milepael.objects.get(indsats__fokusomraade=nyt).ansvarlig == ny.kkr.sekretariat


def test_area_is_looked_through_when_it_is_changed(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    gammelt = omraade(gammel)
    indsats(gammelt)
    (nyt,) = overtag(ny, gammelt)
    indhold = actions.Omraadeindhold("Nyt navn", "", Ophav.AFTALEN, None)
    rettet = actions.ret_omraade(aktoer=fabrik.sekretariat(), omraade_id=nyt.pk, indhold=indhold)
    assert (rettet.gennemgaa, rettet.fortsaetter) == (False, gammelt)


def test_carrying_on_is_refused_for_others_a_taken_name_and_an_agreement_that_has_lapsed(
    gammel: Rammeaftale, ny: Rammeaftale
) -> None:
    gammelt = omraade(gammel)
    indsats(gammelt)
    omraade(ny, gammelt.navn)
    with pytest.raises(UgyldigtInput, match="ikke tages"):
        overtag(ny, gammelt)
    fabrik.kommune("Odense", i="KKR Syddanmark")
    for hvem, fejl in (
        (fabrik.sagsbehandler(), IngenAdgang),
        (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet),
    ):
        with pytest.raises(fejl):
            actions.overtag(aktoer=hvem, aftale_id=ny.pk, omraade_ider=[gammelt.pk])
    Rammeaftale.objects.filter(pk=ny.pk).update(tilstand="bortfaldet")
    with pytest.raises(Konflikt):
        overtag(ny, gammelt)


def test_area_that_is_carried_on_stays_and_is_carried_on_once(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    gammelt = omraade(gammel)
    arbejde = indsats(gammelt)
    overtag(ny, gammelt)
    actions.slet_indsats(aktoer=fabrik.sekretariat(), indsats_id=arbejde.pk)
    with pytest.raises(Konflikt):
        actions.slet_omraade(aktoer=fabrik.sekretariat(), omraade_id=gammelt.pk)
    with pytest.raises(IntegrityError, match="fokusomraade_fortsaettes_en_gang_i_aftale"), transaction.atomic():
        Fokusomraade.objects.create(aftale=ny, nummer=9, navn="Igen", ophav="aftalen", fortsaetter=gammelt)


def test_deadline_on_a_leap_day_moves_to_the_last_of_february() -> None:
    assert aar_senere(date(2028, 2, 29), 2) == date(2030, 2, 28)


def html(svar: Any) -> str:
    return str(svar.content.decode())


def test_page_offers_the_areas_and_shows_where_each_came_from(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    foerste, anden = omraade(gammel, "Overgange"), omraade(gammel, "Dyre sager")
    milepael(indsats(foerste))
    indsats(anden)
    client, listen = sekretariat(), reverse("rammeaftale:fokus", args=[ny.slug])
    siden = reverse("rammeaftale:overtag_fokus", args=[ny.slug])
    assert siden in html(client.get(listen))
    assert "Overgange (0 af 1 milepæl er nået)" in html(client.get(siden))
    assert client.post(siden, {}).status_code == 422
    svar = html(client.post(siden, {"omraader": [str(foerste.pk)]}, follow=True))
    assert "Til gennemsyn" in svar
    assert f'Fortsætter fra <a href="{reverse("rammeaftale:fokus", args=[gammel.slug])}">' in svar
    assert "Dyre sager" not in svar
    assert "Fortsæt 1 fra den forrige aftale" in svar
    client.post(siden, {"omraader": [str(anden.pk)]})
    assert siden not in html(client.get(listen))
    assert "ingen fokusområder med åbne indsatser" in html(client.get(siden))
    csv: Any = client.get(reverse("rammeaftale:eksport_fokus", args=[ny.slug, "csv"]))
    assert gammel.titel in b"".join(csv.streaming_content if csv.streaming else [csv.content]).decode("utf-8-sig")


def test_rest_says_what_an_area_carries_on(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    gammelt = omraade(gammel)
    indsats(gammelt)
    (nyt,) = overtag(ny, gammelt)
    (vist,) = klienter.myndighed().get(f"/api/v1/rammeaftaler/{ny.pk}/fokusomraader").json()["resultater"]
    assert (vist["id"], vist["fortsaetterId"], vist["tilGennemsyn"]) == (str(nyt.pk), str(gammelt.pk), True)
    (foer,) = klienter.myndighed().get(f"/api/v1/rammeaftaler/{gammel.pk}/fokusomraader").json()["resultater"]
    assert (foer["fortsaetterId"], foer["tilGennemsyn"]) == (None, False)
