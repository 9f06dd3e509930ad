"""What placement agreements look like over REST: the bodies, and a version in them."""

from typing import Any

from rest_framework import serializers

from faelles.krop import Krop
from faelles.openapi import BeloebUd
from faelles.tid import rfc3339
from reservationer.sag import deling
from reservationer.sag.aftaler.felter import Lukning, Moms, Regulering, Rytme, Variant, Varighed, Ydelse
from reservationer.sag.aftaler.queries import SLUTTER, Slutning
from reservationer.sag.aftaler.regler import Aftalevilkaar, Grundlag, Part, Prislinje, mangler
from reservationer.sag.models import Placeringsaftale
from reservationer.sag.models.placeringsaftale import EAN, VARSEL
from reservationer.sag.ophold.varsel import varselsnoegle
from reservationer.sag.overgange import Emne, grunde_for, tilstande, udfald_for
from vilkaar.api import EfterVilkaarUd, efter

TILSTANDE = [tilstand.value for tilstand in tilstande(Emne.PLACERINGSAFTALE)]
SKRIDT = [udfald.value for udfald in udfald_for(Emne.PLACERINGSAFTALE)]
GRUNDE = [grund.value for grund in grunde_for(Emne.PLACERINGSAFTALE)]
NOEGLER = {
    "gaelder_fra": "gaelderFra",
    "kommune_afdeling": "kommuneAfdeling",
    "kommune_adresse": "kommuneAdresse",
    "betaler_kontakt": "betalerKontakt",
    "varsel_kommune": "varselKommune",
    "varsel_tilbud": "varselTilbud",
}


def _tekst(laengst: int, hjaelp: str = deling.UDEN_NAVNE) -> serializers.CharField:
    return serializers.CharField(max_length=laengst, allow_blank=True, help_text=hjaelp)


class AftaleIndhold(Krop):
    """What the parties write. Empty is not agreed yet; it has to be filled in before the agreement is put forward."""

    gaelderFra = serializers.DateField()
    variant = serializers.ChoiceField(choices=Variant.values, allow_blank=True)
    kommuneAfdeling = _tekst(120)
    kommuneAdresse = _tekst(200)
    betalerKontakt = _tekst(120, "Når en anden kommune betaler: en funktion eller postkasse, aldrig et navn.")
    ydelser = serializers.ListField(child=serializers.ChoiceField(choices=Ydelse.values), max_length=len(Ydelse))
    maal = _tekst(120, "Reference til målene i kommunens egen sag, ikke målene.")
    opfoelgning = serializers.DateField(allow_null=True)
    moms = serializers.ChoiceField(choices=Moms.values, allow_blank=True)
    regulering = serializers.ChoiceField(choices=Regulering.values, allow_blank=True)
    varighed = serializers.ChoiceField(choices=Varighed.values, allow_blank=True)
    slut = serializers.DateField(allow_null=True, help_text="Sidste dag af et midlertidigt ophold.")
    varselKommune = serializers.RegexField(
        VARSEL, allow_blank=True, help_text="3m eller 14d; kun uden for rammeaftalen."
    )
    varselTilbud = serializers.RegexField(VARSEL, allow_blank=True, help_text="Som varselKommune.")
    lukning = serializers.ChoiceField(choices=Lukning.values, allow_blank=True)
    rytme = serializers.ChoiceField(choices=Rytme.values, allow_blank=True)
    betalingsdage = serializers.IntegerField(min_value=0, max_value=365, allow_null=True)
    ean = serializers.RegexField(EAN, allow_blank=True)
    fakturareference = _tekst(60)


class AftalepartUd(serializers.Serializer[Any]):
    """A party as it is called and numbered."""

    navn = serializers.CharField()
    cvr = serializers.CharField(allow_blank=True)


class AftaleprisUd(serializers.Serializer[Any]):
    """What is paid in some days, both included; `samlet` is takst + supplements."""

    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    takst = BeloebUd()
    enhed = serializers.CharField()
    niveau = serializers.IntegerField(allow_null=True)
    tillaeg = serializers.DictField(child=serializers.CharField(), help_text="Kr. efter art.")
    samlet = BeloebUd()


class PlaceringsvilkaarUd(serializers.Serializer[Any]):
    """A term of the framework agreement, with the clause and the set that say it."""

    ord = serializers.CharField()
    klausul = serializers.CharField()
    saet = serializers.IntegerField()
    aftale = serializers.CharField()
    endelig = serializers.BooleanField()


class AftalegrundlagUd(serializers.Serializer[Any]):
    """What the case says by itself: as it is now for a draft, else as it was when the agreement was put forward."""

    reference = serializers.CharField()
    sagsreference = serializers.CharField()
    handlekommune = AftalepartUd()
    betalingskommune = AftalepartUd()
    driftsherre = AftalepartUd()
    tilbud = serializers.CharField()
    pNummer = serializers.CharField(allow_blank=True)
    tilbudsportalId = serializers.CharField(allow_blank=True)
    afdeling = serializers.CharField(allow_blank=True)
    pladsart = serializers.CharField()
    plads = serializers.CharField(allow_blank=True)
    ugedage = serializers.CharField(allow_blank=True, help_text="I ord.")
    hjemmel = serializers.CharField()
    begynder = serializers.DateField()
    priser = AftaleprisUd(many=True)
    rammeaftalensVarselKommune = PlaceringsvilkaarUd(allow_null=True)
    rammeaftalensVarselTilbud = PlaceringsvilkaarUd(allow_null=True)


class AftaleacceptUd(serializers.Serializer[Any]):
    """When a party accepted, and in which function."""

    tidspunkt = serializers.DateTimeField()
    funktion = serializers.CharField()


class PlaceringsaftaleKort(serializers.Serializer[Any]):
    """A version in a list."""

    id = serializers.UUIDField()
    reservationId = serializers.UUIDField(allow_null=True)
    opholdId = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField()
    tilstand = serializers.ChoiceField(choices=TILSTANDE)
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    handlekommuneId = serializers.UUIDField()
    driftsherreId = serializers.UUIDField()
    gaelderFra = serializers.DateField()
    kommuneGodkendt = AftaleacceptUd(allow_null=True)
    driftsherreGodkendt = AftaleacceptUd(allow_null=True)
    reguleret = serializers.BooleanField(
        help_text="Versionen følger af en ny takst, som parterne har godkendt, at prisen følger; godkendelserne er de gamle."
    )
    ophoerer = serializers.DateField(
        allow_null=True,
        help_text="Aftalens sidste dag, når den er opsagt, afsluttet eller afløst. Opholdet slutter for sig.",
    )
    dokument = serializers.CharField(allow_null=True, help_text="Null, til begge har godkendt og PDF-filen er lavet.")
    oprettet = serializers.DateTimeField()


class AftaleslutningUd(serializers.Serializer[Any]):
    """How a version was ended. `organisationId` is null when a new version took over."""

    udfald = serializers.ChoiceField(choices=[udfald.value for udfald in SLUTTER])
    sidsteDag = serializers.DateField()
    grund = serializers.CharField(allow_blank=True)
    dokument = serializers.CharField(allow_blank=True)
    bemaerkning = serializers.CharField(allow_blank=True)
    tidspunkt = serializers.DateTimeField()
    organisationId = serializers.UUIDField(allow_null=True)
    funktion = serializers.CharField(allow_blank=True)
    efterVilkaar = EfterVilkaarUd(
        many=True, help_text="Tomt, når varslet er aftalt mellem parterne, eller der ikke er noget."
    )


class PlaceringsaftaleUd(PlaceringsaftaleKort):
    """A version with everything it says. `mangler` are the gaps of a draft, by field."""

    slutning = AftaleslutningUd(allow_null=True)
    indhold = AftaleIndhold()
    grundlag = AftalegrundlagUd()
    mangler = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class PlaceringsaftaleInd(Krop):
    """The case to draft the next version for: exactly one of the two."""

    reservationId = serializers.UUIDField(required=False, allow_null=True)
    opholdId = serializers.UUIDField(required=False, allow_null=True)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """Exactly one."""
        if bool(data.get("reservationId")) == bool(data.get("opholdId")):
            raise serializers.ValidationError({"opholdId": "Send enten reservationId eller opholdId."})
        return data


class AftaleskridtInd(Krop):
    """A decision about a version, by the table of transitions."""

    udfald = serializers.ChoiceField(choices=SKRIDT)
    grund = serializers.ChoiceField(choices=GRUNDE, required=False, help_text="Når aftalen opsiges eller afsluttes.")
    dato = serializers.DateField(
        required=False, help_text="Dagen, opsigelsen er givet, eller den sidste dag, når aftalen afsluttes."
    )
    dokument = serializers.CharField(
        max_length=120, required=False, allow_blank=True, default="", help_text=deling.DOKUMENT
    )
    bemaerkning = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text=deling.BEMAERKNING
    )


def vis_kort(a: Any) -> dict[str, Any]:
    """`a`: a version with the annotations of `queries.aftaler`."""
    return {
        "id": str(a.pk),
        "reservationId": a.reservation_id and str(a.reservation_id),
        "opholdId": a.ophold_id and str(a.ophold_id),
        "version": a.nummer,
        "tilstand": a.tilstand,
        "tilbudId": str(a.tilbud_id),
        "tilbud": a.tilbud.navn,
        "handlekommuneId": str(a.handlekommune_id),
        "driftsherreId": str(a.driftsherre_id),
        "gaelderFra": a.gaelder_fra.isoformat(),
        "kommuneGodkendt": _accept(a, "kommune"),
        "driftsherreGodkendt": _accept(a, "driftsherre"),
        "reguleret": a.er_reguleret,
        "ophoerer": a.ophoerer and a.ophoerer.isoformat(),
        "dokument": f"/api/v1/placeringsaftaler/{a.pk}/dokument" if a.har_dokument else None,
        "oprettet": rfc3339(a.oprettet),
    }


def _accept(a: Placeringsaftale, part: str) -> dict[str, str] | None:
    hvornaar = getattr(a, f"{part}_accepteret")
    return hvornaar and {"tidspunkt": rfc3339(hvornaar), "funktion": getattr(a, f"{part}_rolle")}


def _pris(linje: Prislinje) -> dict[str, Any]:
    return {
        "fra": linje.fra.isoformat(),
        "til": linje.til and linje.til.isoformat(),
        "takst": {"beloeb": f"{linje.takst:.2f}", "valuta": "DKK"},
        "enhed": linje.enhed,
        "niveau": linje.niveau,
        "tillaeg": {navn: f"{kr:.2f}" for navn, kr in linje.tillaeg},
        "samlet": {"beloeb": f"{linje.samlet:.2f}", "valuta": "DKK"},
    }


def _felter(ting: Part | Aftalevilkaar | None) -> dict[str, Any] | None:
    return None if ting is None else {navn: getattr(ting, navn) for navn in ting.__dataclass_fields__}


def _slutning(aftale: Placeringsaftale, slut: Slutning | None) -> dict[str, Any] | None:
    if slut is None or aftale.ophoerer is None:
        return None
    b = slut.beslutning
    return {
        "udfald": b.udfald,
        "sidsteDag": aftale.ophoerer.isoformat(),
        "grund": b.grund,
        "dokument": b.dokument,
        "bemaerkning": b.bemaerkning,
        "tidspunkt": rfc3339(b.tidspunkt),
        "organisationId": b.organisation_id and str(b.organisation_id),
        "funktion": b.rolle_navn,
        "efterVilkaar": efter("sidsteDag", varselsnoegle(aftale.opsagt_som), slut.kilde),
    }


def vis(aftale: Any, g: Grundlag, slut: Slutning | None) -> dict[str, Any]:
    """A version with everything it says; `aftale` as in `vis_kort`."""
    sagt = {NOEGLER.get(navn, navn): vaerdi for navn, vaerdi in aftale.som_felter.items()}
    return {
        **vis_kort(aftale),
        "slutning": _slutning(aftale, slut),
        "indhold": {navn: v.isoformat() if hasattr(v, "isoformat") else v for navn, v in sagt.items()},
        "grundlag": {
            "reference": g.reference,
            "sagsreference": g.sagsreference,
            "handlekommune": _felter(g.handlekommune),
            "betalingskommune": _felter(g.betalingskommune),
            "driftsherre": _felter(g.driftsherre),
            "tilbud": g.tilbud,
            "pNummer": g.p_nummer,
            "tilbudsportalId": g.tilbudsportal_id,
            "afdeling": g.afdeling,
            "pladsart": g.pladsart,
            "plads": g.plads,
            "ugedage": g.ugedage,
            "hjemmel": g.hjemmel,
            "begynder": g.begynder.isoformat(),
            "priser": [_pris(linje) for linje in g.priser],
            "rammeaftalensVarselKommune": _felter(g.varsel_kommune),
            "rammeaftalensVarselTilbud": _felter(g.varsel_tilbud),
        },
        "mangler": {NOEGLER.get(felt, felt): ord_ for felt, ord_ in mangler(aftale.som_felter, g).items()},
    }
