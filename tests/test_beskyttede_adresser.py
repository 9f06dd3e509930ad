"""A planted crisis centre: no page, answer, report or table tells more of where it lies than its municipality."""

import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver
from pypdf import PdfReader

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from kommuner.models import Rolle
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter.emne import Emne
from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.register import RAPPORTTYPER, rapporttype
from tests import fabrik
from tests.api import adgang, klienter
from tests.database import steder_med
from tests.rammeaftale.rapporter import situationer
from tests.sider import adresse, argumenter, raekker, sider
from tests.tilbud.portal import situationer as portal
from tests.tilbud.registerimport.situationer import TILBUD, bog, forudsaetninger
from tilbud import offentlige
from tilbud.models import Faktum, Importtilstand, OffentligtTilbud, Plads, Registerimport, Tilbud
from tilbud.registerimport.actions import godkend, proev_fil, send

pytestmark = pytest.mark.django_db

VEJ, LAENGDE, BREDDE, P_NUMMER = "Hemmelig Sti 77", "12.77777", "55.77777", "1099887766"
# As it is written, and as a page, a search or a URL might write it.
ROEBER = (VEJ, VEJ.lower(), "Hemmelig%20Sti", LAENGDE, LAENGDE.replace(".", ","), BREDDE, BREDDE.replace(".", ","), P_NUMMER)  # fmt: skip
ROLLER = (Rolle.SAGSBEHANDLER, Rolle.TILBUDSLEDER, Rolle.SEKRETARIAT, Rolle.LAESER, Rolle.ADMINISTRATOR)


@pytest.fixture
def plads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Plads:
    """A place in a crisis centre of Gladsaxe's that had an address before it was one, and is on a published list too."""
    tilbud = fabrik.tilbud(
        "Krisecentret", adresse=VEJ, laengdegrad=Decimal(LAENGDE), breddegrad=Decimal(BREDDE), p_nummer=P_NUMMER
    )
    afdeling = fabrik.afdeling(tilbud)
    fabrik.bekraeftet(afdeling)
    fabrik.takst(afdeling, kode="SEL-109")
    fabrik.niveau(tilbud, 1)
    spor_andre_steder(tilbud)
    tilbud.hjemler.add(fabrik.hjemmel("SEL-109"))
    fil = tmp_path / "offentlige.csv"
    fil.write_text(
        "tilbud,driftsherre,kommune,adresse,maalgruppe,hjemmel,pladser,kilde_url,note\n"
        f"Krisecentret,,Gladsaxe,{VEJ},,SEL § 109,,https://www.example.dk,\n"
    )
    monkeypatch.setattr(offentlige, "FIL", fil)
    offentlige.indlaes()
    return fabrik.ledig_plads(afdeling)


def spor_andre_steder(tilbud: Tilbud) -> None:
    """Before it was protected: two imports, one that waits and one that was carried out, a report and a comparison told of it."""
    forudsaetninger()
    raekke = {
        **TILBUD, "Id": str(tilbud.pk), "Navn": "Krisecentret", "Adresse": VEJ, "P-nummer": P_NUMMER,
        "Længdegrad": LAENGDE.replace(".", ","), "Breddegrad": BREDDE.replace(".", ","),
    }  # fmt: skip
    leder = fabrik.tilbudsleder()
    godkend(aktoer=fabrik.tilbudsleder(), import_id=_sendt(leder, {**raekke, "Adresse": f"{VEJ} B"}).pk)
    _sendt(leder, raekke)
    for faktum in (Faktum.ADRESSE, Faktum.NUMRE):
        fabrik.fejlmelding(tilbud, faktum=faktum, besked=f"{VEJ}, {P_NUMMER}")
    Tilbud.objects.filter(pk=tilbud.pk).update(tilbudsportal_id="4711")
    portal.sammenligning({"Id på Tilbudsportalen": "4711", "Adresse": f"{VEJ} C"})
    proev_fil(aktoer=fabrik.tilbudsleder(), fil=bog([{**raekke, "Adresse": f"{VEJ} D"}]), filnavn="kladde.xlsx")
    assert {"tilbud_registerimport", "tilbud_fejlsag", "tilbud_fejlsagevent", "tilbud_portalafvigelse"} <= steder_med(
        VEJ
    )


def _sendt(leder: Aktoer, raekke: Mapping[str, str]) -> Registerimport:
    kladde = proev_fil(aktoer=leder, fil=bog([raekke]), filnavn="register.xlsx")
    return send(aktoer=leder, import_id=kladde.pk)


def roebet(indhold: str) -> list[str]:
    """Which of the tell-tales stand in it."""
    return [tegn for tegn in ROEBER if tegn in indhold]


def adresser(plads: Plads) -> Iterator[str]:
    """Every page one can open, about the crisis centre wherever a page is about something, and searches for it."""
    args = argumenter() | {
        "plads_id": str(plads.pk),
        "afdeling_id": str(plads.afdeling_id),
        "tilbud_id": str(plads.afdeling.tilbud_id),
        "reservation_id": str(fabrik.reservation(plads).pk),
    }
    kendte = dict(sider(get_resolver()))
    yield from (adresse(raekke.rute, kendte[raekke.rute], args) for raekke in raekker() if raekke.metode == "GET")
    periode = f"fra={fabrik.om(200)}"
    yield from (f"/soeg/?{periode}&hjemmel=SEL-109", f"/soeg/?{periode}&tekst=krise", "/tilbud/?tekst=krise", "/tilbud/?sorter=-kommune")  # fmt: skip


def test_no_page_tells_where_a_crisis_centre_lies(plads: Plads) -> None:
    kommuner = {Rolle.SAGSBEHANDLER: "Rødovre", Rolle.SEKRETARIAT: ""}
    navngivet = 0
    alle = list(adresser(plads))
    for rolle in ROLLER:
        sekretariat = fabrik.kkr().sekretariat
        assert sekretariat is not None
        navn = kommuner.get(rolle, "Gladsaxe")
        client = Client()
        client.force_login(fabrik.bruger(rolle, fabrik.kommune(navn).organisation if navn else sekretariat))
        for url in alle:
            if rolle is Rolle.TILBUDSLEDER and url.endswith("/ret"):
                continue  # the form in which her own offer's P-number is written
            side = client.get(url).getvalue().decode(errors="ignore")
            navngivet += "Krisecentret" in side
            assert roebet(side) == [], (rolle, url)
    assert navngivet > 20  # it was there to be seen


def test_search_by_its_address_finds_no_crisis_centre(plads: Plads) -> None:
    client, system = Client(), klienter.myndighed()
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    for tekst in (VEJ, P_NUMMER):
        fra = fabrik.om(200).isoformat()
        for url, soegeord in (("/tilbud/", {"tekst": tekst}), ("/soeg/", {"fra": fra, "tekst": tekst})):
            assert "Krisecentret" not in client.get(url, soegeord).content.decode()
        assert system.get("/api/v1/tilbud", {"q": tekst}).json()["resultater"] == []


def test_no_answer_of_the_api_tells_where_a_crisis_centre_lies(plads: Plads) -> None:
    args = adgang.argumenter(adgang.systemer()) | {
        "plads_id": str(plads.pk),
        "afdeling_id": str(plads.afdeling_id),
        "tilbud_id": str(plads.afdeling.tilbud_id),
        "reservation_id": str(fabrik.reservation(plads).pk),
    }
    for client in (klienter.myndighed(), klienter.driftsherre(), klienter.sekretariat()):
        for raekke in adgang.raekker():
            if raekke.metode == "GET":
                svar = client.get(f"/api/v1/{raekke.rute.format(**args)}", adgang.FORESPOERGSLER.get(raekke.rute, {}))
                assert roebet(svar.content.decode()) == [], raekke.rute
        tilbud = client.get(f"/api/v1/tilbud/{args['tilbud_id']}").json()
        assert (tilbud["adresse"], tilbud["beskyttetAdresse"], tilbud["kommune"]) == ("", True, "Gladsaxe")


@pytest.mark.parametrize("type_", RAPPORTTYPER)
def test_report_of_any_type_tells_no_more_of_a_crisis_centre_than_its_municipality(plads: Plads, type_: str) -> None:
    version = gaeldende_version(situationer.omraade().id)
    assert version is not None
    emne = Emne(version, fabrik.kommune("Gladsaxe"), egen=True)
    data = til_json(rapporttype(type_).saml(emne, situationer.OEJEBLIK))
    pdf = situationer.lav(data, type_)
    tekst = " ".join(side.extract_text() for side in PdfReader(io.BytesIO(pdf)).pages)
    assert "KKR Hovedstaden" in tekst
    assert roebet(data) == roebet(" ".join(tekst.split())) == []


def test_nothing_of_the_address_is_kept_but_the_p_number_the_offer_is_known_by(plads: Plads) -> None:
    assert {tegn: steder_med(tegn) for tegn in (VEJ, LAENGDE, BREDDE)} == {VEJ: set(), LAENGDE: set(), BREDDE: set()}
    assert steder_med(P_NUMMER) == {"tilbud_tilbud"}
    assert list(OffentligtTilbud.objects.values_list("adresse", "beskyttet_adresse")) == [("", True)]


def test_import_that_waited_when_its_address_became_protected_cannot_be_approved(plads: Plads) -> None:
    leder = fabrik.tilbudsleder()
    venter = Registerimport.objects.synlige_for(leder).get(tilstand=Importtilstand.AFVENTER)
    gennemfoert = Registerimport.objects.synlige_for(leder).get(tilstand=Importtilstand.GENNEMFOERT)
    assert [a["navn"] for a in gennemfoert.indhold["aendringer"]] == ["Krisecentret"]
    with pytest.raises(Konflikt, match="Indlæs filen igen") as fejl:
        godkend(aktoer=leder, import_id=venter.pk)
    assert fejl.value.kode == "register_aendret"
    assert Tilbud.objects.get(pk=plads.afdeling.tilbud_id).adresse == ""
