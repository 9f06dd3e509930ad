"""An operator's corrections on pages: before and after, at once or by a second person, and never over somebody's days."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.regneark.indlaesning import Raekke, Raekkefejl
from faelles.tid import Periode, nu
from kommuner.models import Bruger
from tests import fabrik
from tests.formular import dato, sendt
from tests.kaploeb import loeb
from tilbud.aendringer import actions
from tilbud.aendringer.actions import ret
from tilbud.belaegning.actions import tag_plads
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Importtilstand, Plads, Registerimport, Tilbud
from tilbud.registerimport.actions import godkend
from tilbud.registerimport.proeve import proev
from tilbud.registerimport.sammenligning import Sammenligning

pytestmark = pytest.mark.django_db


def klient(aktoer: Aktoer) -> Client:
    ny = Client()
    ny.force_login(Bruger.objects.get(pk=aktoer.identitet.removeprefix("bruger:")))
    return ny


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def venter(aktoer: Aktoer) -> Registerimport:
    return Registerimport.objects.synlige_for(aktoer).get(tilstand=Importtilstand.AFVENTER)


def raekke(ark: str, **felter: Any) -> dict[str, Any]:
    return {ark: [Raekke(1, felter)]}


@pytest.fixture
def tilbud() -> Tilbud:
    return fabrik.tilbud("Solbakken", adresse="Solvej 1", metoder=["KRAP"])


def test_harmless_change_is_shown_as_before_and_after_and_takes_effect_at_once(tilbud: Tilbud) -> None:
    leder = fabrik.tilbudsleder()
    hos, url = klient(leder), reverse("tilbud:ret_tilbud", args=[tilbud.pk])
    assert url in hos.get(reverse("tilbud:detalje", args=[tilbud.pk])).content.decode()
    data = {**sendt(hos.get(url)), "adresse": "Solvej 5"}
    vis = hos.post(url, data)
    assert "Gælder straks" in tekst(vis)
    assert "Adresse Solvej 1 Solvej 5" in tekst(vis)
    assert Tilbud.objects.get().adresse == "Solvej 1", "nothing is saved by looking"
    svar = hos.post(url, {**data, "gem": "ja"}, follow=True)
    assert "Ændringen er gemt og gælder fra nu." in tekst(svar)
    gemt = Tilbud.objects.get()
    assert (gemt.adresse, gemt.metoder, [h.pk for h in gemt.hjemler.all()]) == ("Solvej 5", ["KRAP"], ["SEL-107"])
    assert not Registerimport.objects.synlige_for(leder).exists()


def test_target_group_waits_for_a_second_person_who_sees_before_and_after(tilbud: Tilbud) -> None:
    fabrik.maalgruppe("Demens")
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos, url = klient(foerste), reverse("tilbud:ret_tilbud", args=[tilbud.pk])
    data = {**sendt(hos.get(url)), "maalgrupper": ["Autismespektrum", "Demens"], "beskrivelse": "Nyt", "gem": "ja"}
    svar = hos.post(url, data, follow=True)
    for ventet in ("gemt og gælder fra nu", "når en anden hos jer har godkendt den", "Ændring af tilbud og pladser"):
        assert ventet in tekst(svar)
    tilbud.refresh_from_db()
    assert (tilbud.beskrivelse, tilbud.maalgrupper.count()) == ("Nyt", 1)
    sag = venter(foerste)
    side = tekst(klient(anden).get(reverse("tilbud:import", args=[sag.pk])))
    assert re.search("Målgrupper Autismespektrum (Autismespektrum; Demens|Demens; Autismespektrum)", side)
    assert "Ændring: 0 nye og 1 ændrede" in tekst(klient(anden).get(reverse("start")))
    with pytest.raises(Konflikt, match="En anden"):
        godkend(aktoer=foerste, import_id=sag.pk)
    godkend(aktoer=anden, import_id=sag.pk)
    assert tilbud.maalgrupper.count() == 2


def test_change_whose_waiting_part_cannot_be_sent_is_told_on_the_page_and_nothing_of_it_is_kept(
    tilbud: Tilbud, monkeypatch: pytest.MonkeyPatch
) -> None:
    fabrik.maalgruppe("Demens")
    leder = fabrik.tilbudsleder()
    hos, url = klient(leder), reverse("tilbud:ret_tilbud", args=[tilbud.pk])
    data = {**sendt(hos.get(url)), "maalgrupper": ["Autismespektrum", "Demens"], "beskrivelse": "Nyt", "gem": "ja"}
    brud = Raekkefejl("Tilbud", 1, "Målgrupper", "Demens", "Er på listen endnu.", "Vælg en anden.")

    def proev_naar_gemt(aktoer: Aktoer, raekker: Any) -> Sammenligning:
        gemt = Tilbud.objects.get().beskrivelse == "Nyt"
        return Sammenligning(fejl=[brud]) if gemt else proev(aktoer, raekker)

    monkeypatch.setattr(actions, "proev", proev_naar_gemt)
    svar = hos.post(url, data)
    assert svar.status_code == 422
    assert "Er på listen endnu. Vælg en anden." in tekst(svar)
    assert Tilbud.objects.get().beskrivelse != "Nyt"
    assert not Registerimport.objects.synlige_for(leder).exists()


def test_change_the_register_no_longer_bears_tells_both_its_people(tilbud: Tilbud) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos, url = klient(foerste), reverse("tilbud:ret_plads", args=[plads.pk])
    hos.post(url, {**sendt(hos.get(url)), **dato("sidste_dag", fabrik.om(30)), "gem": "ja"})
    side = reverse("tilbud:import", args=[venter(foerste).pk])
    assert "kan ikke gennemføres" not in tekst(hos.get(side))
    fabrik.optag(plads, Periode(fabrik.om(10), fabrik.om(60)))
    for hvem in (hos, klient(anden)):
        assert "Ændringen kan ikke gennemføres" in tekst(hvem.get(side))
        assert "Pladsen er taget eller lukket på dage" in tekst(hvem.get(side))


def test_new_place_waits_and_exists_when_approved(tilbud: Tilbud) -> None:
    afdeling = fabrik.afdeling(tilbud)
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos, url = klient(foerste), reverse("tilbud:ny_plads", args=[afdeling.pk])
    data = {**sendt(hos.get(url)), "betegnelse": "Bolig 9", **dato("aaben_fra", date(2027, 1, 1))}
    vis = hos.post(url, data)
    assert "Gælder straks" not in tekst(vis)
    assert "Betegnelse – Bolig 9" in tekst(vis)
    hos.post(url, {**sendt(vis), "gem": "ja"})
    assert not Plads.objects.exists()
    godkend(aktoer=anden, import_id=venter(foerste).pk)
    plads = Plads.objects.get()
    assert (plads.betegnelse, plads.periode.lower, plads.ugedage) == (
        "Bolig 9",
        date(2027, 1, 1),
        [1, 2, 3, 4, 5, 6, 7],
    )


def test_new_offer_waits_and_exists_when_approved() -> None:
    fabrik.hjemmel("SEL-107")
    fabrik.maalgruppe("Demens")
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos, url = klient(foerste), reverse("tilbud:nyt_tilbud")
    assert url in hos.get(reverse("tilbud:liste")).content.decode()
    data = {
        **sendt(hos.get(url)),
        "navn": "Åhuset",
        "kommune": "Gladsaxe",
        "hjemler": ["SEL-107"],
        "maalgrupper": ["Demens"],
    }
    mangler = hos.post(url, {**data, "navn": ""})
    assert (mangler.status_code, "navn" in mangler.context["form"].errors) == (422, True)
    vis = hos.post(url, data)
    assert "Navn – Åhuset" in tekst(vis)
    for _ in range(2):  # pressed twice
        hos.post(url, {**sendt(vis), "gem": "ja"})
    assert not Tilbud.objects.exists()
    for sag in Registerimport.objects.synlige_for(foerste).filter(tilstand=Importtilstand.AFVENTER)[:1]:
        godkend(aktoer=anden, import_id=sag.pk)
    tilbud = Tilbud.objects.get()
    assert (tilbud.navn, tilbud.driftsherre_id, tilbud.alder_fra) == ("Åhuset", foerste.organisation_id, 18)


def test_somebody_who_works_with_some_offers_cannot_make_a_new_one(tilbud: Tilbud) -> None:
    hos, url = klient(fabrik.tilbudsleder_for(tilbud)), reverse("tilbud:nyt_tilbud")
    assert url not in hos.get(reverse("tilbud:liste")).content.decode()
    assert hos.get(url).status_code == 403


def test_day_that_stands_for_no_end_is_a_fault_at_its_field_with_what_to_do(tilbud: Tilbud) -> None:
    hos, url = klient(fabrik.tilbudsleder()), reverse("tilbud:ny_plads", args=[fabrik.afdeling(tilbud).pk])
    data = {
        **sendt(hos.get(url)),
        "betegnelse": "Bolig 9",
        **dato("aaben_fra", date(2027, 1, 1)),
        **dato("sidste_dag", date(9999, 12, 31)),
    }
    svar = hos.post(url, data)
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["sidste_dag"])
    assert "så lad feltet stå tomt" in tekst(svar)


def test_word_the_list_no_longer_knows_is_still_a_choice_of_the_row_that_has_it() -> None:
    fabrik.hjemmel("BL-43")
    gammel = fabrik.hjemmel("SEL-66")
    gammel.erstattes_af_id = "BL-43"
    gammel.save()
    tilbud = fabrik.tilbud("Solbakken", i="Gladsaxe")
    tilbud.hjemler.add(gammel)
    hos, url = klient(fabrik.tilbudsleder()), reverse("tilbud:ret_tilbud", args=[tilbud.pk])
    html = hos.get(url).content.decode()
    assert re.search(r'value="SEL-66"[^>]*checked', html)
    assert "ikke på listen længere" in html
    vis = hos.post(url, {**sendt(hos.get(url)), "adresse": "Nyvej 1"})
    assert ("Adresse" in tekst(vis), "Hjemler" in tekst(vis)) == (True, False)


def test_new_department_takes_effect_at_once(tilbud: Tilbud) -> None:
    hos = klient(fabrik.tilbudsleder())
    url = reverse("tilbud:ny_afdeling", args=[tilbud.pk])
    hos.post(url, {**sendt(hos.get(url)), "navn": "Nord", "gem": "ja"})
    assert tilbud.afdelinger.get().navn == "Nord"


def test_place_is_kept_for_own_citizens_when_a_second_person_has_seen_before_and_after(tilbud: Tilbud) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos, url = klient(foerste), reverse("tilbud:ret_plads", args=[plads.pk])
    hos.post(url, {**sendt(hos.get(url)), "forbeholdt_egne": "on", "gem": "ja"})
    plads.refresh_from_db()
    assert not plads.forbeholdt_egne
    sag = venter(foerste)
    assert "Forbeholdt egne nej ja" in tekst(klient(anden).get(reverse("tilbud:import", args=[sag.pk])))
    with pytest.raises(Konflikt, match="En anden"):
        godkend(aktoer=foerste, import_id=sag.pk)
    godkend(aktoer=anden, import_id=sag.pk)
    plads.refresh_from_db()
    assert plads.forbeholdt_egne


@pytest.mark.parametrize(
    ("felt", "ord_", "efter", "vist"),
    [
        ("rummer", ["Selvskadende adfærd"], ["selvskadende"], "Kan rumme – Selvskadende adfærd"),
        ("gruppe_hoejst", "6", 6, "Gruppe højst – 6"),
        ("rummer_ikke", ["Udadreagerende adfærd"], ["udadreagerende"], "Kan ikke rumme – Udadreagerende adfærd"),
        ("fysiske_traek", ["Elevator"], ["elevator"], "Fysiske forhold Kørestolsvenligt Elevator"),
    ],
)
def test_what_an_offer_can_take_in_waits_for_a_second_person(
    felt: str, ord_: list[str] | str, efter: list[str] | int, vist: str
) -> None:
    tilbud = fabrik.tilbud("Solbakken", fysiske_traek=["koerestol"])
    foer = getattr(tilbud, felt)
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos, url = klient(foerste), reverse("tilbud:ret_tilbud", args=[tilbud.pk])
    hos.post(url, {**sendt(hos.get(url)), felt: ord_, "beskrivelse": "Nyt", "gem": "ja"})
    tilbud.refresh_from_db()
    assert (tilbud.beskrivelse, getattr(tilbud, felt)) == ("Nyt", foer)
    sag = venter(foerste)
    assert vist in tekst(klient(anden).get(reverse("tilbud:import", args=[sag.pk])))
    godkend(aktoer=anden, import_id=sag.pk)
    tilbud.refresh_from_db()
    assert getattr(tilbud, felt) == efter


def test_address_is_protected_at_once_and_shown_again_only_when_a_second_person_agrees(tilbud: Tilbud) -> None:
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos, url = klient(foerste), reverse("tilbud:ret_tilbud", args=[tilbud.pk])
    skjul = {navn: v for navn, v in sendt(hos.get(url)).items() if navn != "adresse"}
    hos.post(url, {**skjul, "beskyttet_adresse": "on", "gem": "ja"})
    tilbud.refresh_from_db()
    assert (tilbud.beskyttet_adresse, tilbud.adresse) == (True, "")
    assert not Registerimport.objects.synlige_for(foerste).exists()

    vis = {navn: v for navn, v in sendt(hos.get(url)).items() if navn != "beskyttet_adresse"}
    hos.post(url, {**vis, "adresse": "Solvej 5", "gem": "ja"})
    tilbud.refresh_from_db()
    assert (tilbud.beskyttet_adresse, tilbud.adresse) == (True, ""), "the address waits with its protection"
    sag = venter(foerste)
    assert "Beskyttet adresse ja nej" in tekst(klient(anden).get(reverse("tilbud:import", args=[sag.pk])))
    with pytest.raises(Konflikt, match="En anden"):
        godkend(aktoer=foerste, import_id=sag.pk)
    godkend(aktoer=anden, import_id=sag.pk)
    tilbud.refresh_from_db()
    assert (tilbud.beskyttet_adresse, tilbud.adresse) == (False, "Solvej 5")


def test_faults_stand_at_their_fields_and_nothing_is_saved(tilbud: Tilbud) -> None:
    hos, url = klient(fabrik.tilbudsleder()), reverse("tilbud:ret_tilbud", args=[tilbud.pk])
    data = {**sendt(hos.get(url)), "alder_fra": "30", "alder_til": "20", "adresse": "Spørg 010203-1234", "gem": "ja"}
    svar = hos.post(url, data)
    assert svar.status_code == 422
    assert set(svar.context["form"].errors) == {"adresse"}
    svar = hos.post(url, {**data, "adresse": "Solvej 5"})
    assert set(svar.context["form"].errors) == {"alder_til"}
    assert Tilbud.objects.get().adresse == "Solvej 1"


def test_others_cannot_open_or_send_the_pages(tilbud: Tilbud) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    herlev = klient(fabrik.tilbudsleder("Herlev"))
    for navn, id_ in (("ret_tilbud", tilbud.pk), ("ret_plads", plads.pk), ("ny_plads", plads.afdeling_id)):
        url = reverse(f"tilbud:{navn}", args=[id_])
        assert [herlev.get(url).status_code, herlev.post(url, {"gem": "ja"}).status_code] == [404, 404]


@pytest.mark.parametrize("art", [Optagelsesart.OPHOLD, Optagelsesart.HOLD])
def test_offer_is_not_closed_over_days_somebody_has_a_place(tilbud: Tilbud, art: Optagelsesart) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    udloeber = nu() + timedelta(days=3) if art == Optagelsesart.HOLD else None
    fabrik.optag(plads, Periode(fabrik.om(5), fabrik.om(20)), art=art, udloeber=udloeber)
    leder = fabrik.tilbudsleder()

    def luk(dag: int) -> list[str]:
        plan, _ = ret(aktoer=leder, raekker=raekke("Tilbud", id=str(tilbud.pk), lukket_fra=fabrik.om(dag)))
        return [fejl.kolonne for fejl in plan.fejl]

    assert luk(19) == ["Lukket fra"]
    assert luk(20) == [], "the day after the last day of the stay is nobody's"


def test_claim_made_while_the_closing_waits_stops_the_approval(tilbud: Tilbud) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    ret(aktoer=foerste, raekker=raekke("Tilbud", id=str(tilbud.pk), lukket_fra=fabrik.om(20)))
    fabrik.optag(plads, Periode(fabrik.om(5), fabrik.om(21)))
    with pytest.raises(Konflikt, match="Registret er ændret"):
        godkend(aktoer=anden, import_id=venter(foerste).pk)
    tilbud.refresh_from_db()
    assert tilbud.lukket_fra is None


def test_tilbud_closing_mid_period_is_offered_until_the_very_day_it_closes_and_never_after(tilbud: Tilbud) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    fabrik.bekraeftet(plads.afdeling)
    Tilbud.objects.update(lukket_fra=fabrik.om(30))
    soeg = klient(fabrik.sagsbehandler())

    def fundet(fra: int, sidste: int | None) -> bool:
        data = {"fra": fabrik.om(fra).isoformat()} | ({"til": fabrik.om(sidste).isoformat()} if sidste else {})
        return bool(soeg.get(reverse("soegning:soeg"), data).context["side"].object_list)

    assert fundet(10, 29)
    assert not fundet(10, 30)
    assert not fundet(10, None)
    with pytest.raises(Konflikt):
        tag_plads(
            plads_id=plads.pk,
            periode=Periode(fabrik.om(10), fabrik.om(31)),
            art=Optagelsesart.OPHOLD,
            egne=False,
            beboer=False,
        )
    with pytest.raises(Konflikt):
        tag_plads(plads_id=plads.pk, periode=Periode(fabrik.om(10)), art=Optagelsesart.OPHOLD, egne=False, beboer=False)
    tag_plads(
        plads_id=plads.pk,
        periode=Periode(fabrik.om(10), fabrik.om(30)),
        art=Optagelsesart.OPHOLD,
        egne=False,
        beboer=False,
    )
    kalender = soeg.get(reverse("tilbud:detalje", args=[tilbud.pk])).context["afdelinger"][0][2]
    assert kalender["raekker"][0]["felter"][-1].status == "lukket"


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
def test_closing_and_reserving_at_once_never_both_win() -> None:
    tilbud = fabrik.tilbud("Solbakken")
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    ret(aktoer=foerste, raekker=raekke("Tilbud", id=str(tilbud.pk), lukket_fra=fabrik.om(20)))
    sag = venter_i_transaktion(foerste)

    def forsoeg(nummer: int) -> None:
        if nummer:
            godkend(aktoer=anden, import_id=sag)
        else:
            tag_plads(
                plads_id=plads.pk,
                periode=Periode(fabrik.om(5), fabrik.om(40)),
                art=Optagelsesart.OPHOLD,
                egne=False,
                beboer=False,
            )

    resultater = loeb(forsoeg, 2)
    assert sorted(r.fejl is None for r in resultater) == [False, True]
    lukket = Tilbud.objects.get().lukket_fra is not None
    assert lukket != Optagelse.objects.filter(aktiv=True).exists()


def venter_i_transaktion(aktoer: Aktoer) -> Any:
    with transaction.atomic():
        return venter(aktoer).pk
