"""Focus areas of the previous agreement carried on: what is offered, what comes with them, and what stays behind."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.aarshjul.paamindelse import send_paamindelser
from rammeaftale.aarshjul.queries import hjul
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
from tests.samtidig import aabnet

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


def gennemse(nyt: Fokusomraade, frister: dict[UUID, date], *, af: Aktoer | None = None) -> Fokusomraade:
    return actions.gennemse(aktoer=af or fabrik.sekretariat(), omraade_id=nyt.pk, frister=frister)


def test_area_is_looked_through_by_seeing_each_deadline_and_not_by_changing_its_name(
    gammel: Rammeaftale, ny: Rammeaftale
) -> None:
    gammelt = omraade(gammel)
    arbejde = indsats(gammelt)
    milepael(arbejde, "Afprøvet")
    milepael(arbejde, "Udbredt")
    (nyt,) = overtag(ny, gammelt)
    indhold = actions.Omraadeindhold("Nyt navn", "", Ophav.AFTALEN, None)
    rettet = actions.ret_omraade(aktoer=fabrik.sekretariat(), omraade_id=nyt.pk, indhold=indhold)
    assert (rettet.gennemgaa, rettet.fortsaetter) == (True, gammelt)
    afproevet, udbredt = Milepael.objects.filter(indsats__fokusomraade=nyt).order_by("navn")
    uaendret, senere = afproevet.frist, afproevet.frist + timedelta(days=30)
    for forkert in ({}, {afproevet.pk: senere}, {afproevet.pk: senere, udbredt.pk: senere, uuid4(): senere}):
        with pytest.raises(UgyldigtInput) as fejl:
            gennemse(nyt, forkert)
        assert set(fejl.value.felter) == {"frister"}
    assert not Milepael.objects.filter(frist=senere).exists()
    assert not gennemse(nyt, {afproevet.pk: uaendret, udbredt.pk: senere}).gennemgaa
    afproevet.refresh_from_db()
    udbredt.refresh_from_db()
    assert (afproevet.frist, udbredt.frist) == (uaendret, senere)
    with pytest.raises(Konflikt, match="set igennem"):
        gennemse(nyt, {afproevet.pk: uaendret, udbredt.pk: senere})


def test_nobody_is_mailed_about_a_deadline_nobody_has_seen(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    gammelt = omraade(gammel)
    milepael(indsats(gammelt), ansvarlig="Rødovre", paamind_dage=14)
    (nyt,) = overtag(ny, gammelt)
    kommet = Milepael.objects.get(indsats__fokusomraade=nyt)
    (punkt,) = (p for p in hjul(ny, idag()).punkter if p.emne_id == kommet.pk)
    fabrik.bruger(Rolle.VISITATOR, fabrik.kommune().organisation)
    Milepael.objects.filter(pk=kommet.pk).update(frist=fabrik.om(7))
    assert (punkt.gennemgaas, send_paamindelser()) == (True, 0)
    gennemse(nyt, {kommet.pk: fabrik.om(7)})
    assert send_paamindelser() == 1


def test_only_the_own_secretariat_looks_through(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    gammelt = omraade(gammel)
    indsats(gammelt)
    (nyt,) = overtag(ny, gammelt)
    fabrik.kommune("Odense", i="KKR Syddanmark")
    for hvem, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            gennemse(nyt, {}, af=hvem)
    assert not gennemse(nyt, {}).gennemgaa, "without milestones there is no deadline to see"


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


def test_page_shows_each_deadline_to_be_seen_and_changed_before_it_is_approved(
    gammel: Rammeaftale, ny: Rammeaftale
) -> None:
    gammelt = omraade(gammel)
    milepael(indsats(gammelt), "Afprøvet")
    (nyt,) = overtag(ny, gammelt)
    kommet = Milepael.objects.get(indsats__fokusomraade=nyt)
    client, siden = sekretariat(), reverse("rammeaftale:gennemse_fokusomraade", args=[nyt.pk])
    listen = reverse("rammeaftale:fokus", args=[ny.slug])
    assert siden in html(client.get(listen))
    assert "før sekretariatet har set" in html(client.get(reverse("rammeaftale:milepael", args=[kommet.pk])))
    vist = html(client.get(siden))
    felt = f"frist_{kommet.pk.hex}"
    assert "Afprøvet: senest den" in vist
    assert f'value="{kommet.frist.year}"' in vist
    ny_frist = f"{fabrik.om(40):%d.%m.%Y}"
    set_ = aabnet(client, siden)
    assert client.post(siden, {felt: ny_frist, **set_}).status_code == 422, "not marked"
    assert client.post(siden, {"set_igennem": "on", **set_}).status_code == 422, "not seen"
    svar = html(client.post(siden, {felt: ny_frist, "set_igennem": "on", **set_}, follow=True))
    assert "Fokusområdet er set igennem." in svar
    assert siden not in svar
    kommet.refresh_from_db()
    assert kommet.frist == fabrik.om(40)
    assert "Ret en frist på dens milepæl" in html(client.post(siden, {felt: ny_frist, "set_igennem": "on"}))


def system() -> Any:
    hvem = fabrik.kkr().sekretariat
    assert hvem is not None
    rettigheder = (Rettighed.FOKUS_SKRIV, Rettighed.RAMMEAFTALER_LAES)
    return klienter.client(klienter.registrer(hvem, Funktion.SEKRETARIAT, *rettigheder))


def test_rest_carries_on_all_that_is_asked_once_or_nothing(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    foerste, anden, tom = (omraade(gammel, navn) for navn in ("Overgange", "Dyre sager", "Tom"))
    milepael(indsats(foerste))
    indsats(anden)
    client = system()
    assert client.get(f"/api/v1/rammeaftaler/{ny.pk}").json()["forrigeId"] == str(gammel.pk)

    def send(noegle: str, *hvad: Fokusomraade) -> Any:
        url = f"/api/v1/rammeaftaler/{ny.pk}/fokusomraader/overtagelser"
        krop, hoveder = {"omraader": [str(o.pk) for o in hvad]}, {"idempotency-key": noegle}
        return client.post(url, krop, content_type="application/json", headers=hoveder)

    for forkert in ((), (foerste, tom)):
        problem = send("n-1", *forkert).json()
        assert (problem["code"], problem["errors"][0]["pointer"]) == ("ugyldigt_fokusomraade", "/omraader")
    assert not ny.fokusomraader.exists()
    svar = [send("n-1", foerste, anden) for _ in range(2)]
    assert [s.status_code for s in svar] == [201, 201]
    assert svar[1]["Idempotent-Replayed"] == "true"
    taget = svar[1].json()["fokusomraader"]
    assert [(v["navn"], v["fortsaetterId"], v["tilGennemsyn"]) for v in taget] == [
        ("Overgange", str(foerste.pk), True),
        ("Dyre sager", str(anden.pk), True),
    ]
    assert taget[0]["indsatser"][0]["milepaele"][0]["stand"] == "ikke_begyndt"
    assert ny.fokusomraader.count() == 2
    assert send("n-2", foerste).status_code == 400, "it is carried on already"


def test_rest_looks_through_with_every_deadline(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    gammelt = omraade(gammel)
    milepael(indsats(gammelt))
    (nyt,) = overtag(ny, gammelt)
    kommet = Milepael.objects.get(indsats__fokusomraade=nyt)
    client = system()

    def gennemse(*frister: dict[str, str]) -> Any:
        url = f"/api/v1/fokusomraader/{nyt.pk}/gennemsyn"
        krop, hoveder = {"frister": list(frister)}, {"idempotency-key": str(uuid4())}
        return client.post(url, krop, content_type="application/json", headers=hoveder)

    en = {"milepaelId": str(kommet.pk), "frist": fabrik.om(40).isoformat()}
    assert gennemse().json()["errors"][0]["pointer"] == "/frister"
    assert gennemse(en, en).status_code == 400
    svar = gennemse(en)
    assert (svar.status_code, svar.json()["tilGennemsyn"]) == (201, False)
    assert svar.json()["indsatser"][0]["milepaele"][0]["frist"] == en["frist"]
    assert gennemse(en).json()["code"] == "fokus_er_set_igennem"


def test_rest_says_what_an_area_carries_on(gammel: Rammeaftale, ny: Rammeaftale) -> None:
    gammelt = omraade(gammel)
    indsats(gammelt)
    (nyt,) = overtag(ny, gammelt)
    (vist,) = klienter.myndighed().get(f"/api/v1/rammeaftaler/{ny.pk}/fokusomraader").json()["resultater"]
    assert (vist["id"], vist["fortsaetterId"], vist["tilGennemsyn"]) == (str(nyt.pk), str(gammelt.pk), True)
    (foer,) = klienter.myndighed().get(f"/api/v1/rammeaftaler/{gammel.pk}/fokusomraader").json()["resultater"]
    assert (foer["fortsaetterId"], foer["tilGennemsyn"]) == (None, False)
