"""How agreements, parties and their steps look over REST."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from faelles.krop import Krop
from faelles.tid import Periode, idag, rfc3339
from rammeaftale.livscyklus import REFERATET, SES_AF, TRINARTER, Aftaletilstand, Genstartsgrund, Partsstatus, stand
from rammeaftale.models import Genstart, Offentliggoerelse, Rammeaftale
from rammeaftale.queries import Partsstand, beslutter
from rammeaftale.vejen import Vejskridt

PARTENS_GRUND = "Bevares i sporet og ses af alle aftalens parter. Skriv aldrig navne eller CPR-numre."
STATUSSER = [status.value for status in Partsstatus]


class RammeaftaleUd(serializers.Serializer[Any]):
    """An agreement. `stand` is the Danish word for where it is today; `tilstand` the state that is stored."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    titel = serializers.CharField()
    kkr = serializers.CharField()
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    tilstand = serializers.ChoiceField(choices=[tilstand.value for tilstand in Aftaletilstand])
    stand = serializers.CharField()
    godkendelsesfrist = serializers.DateField(allow_null=True)
    paamindDage = serializers.IntegerField(
        allow_null=True, help_text="Så mange dage før fristen påmindes de parter, der ikke har besluttet sig."
    )
    vedtaget = serializers.DateField(allow_null=True)
    offentliggjort = serializers.DateField(allow_null=True)
    sendtTilStyrelsen = serializers.DateField(allow_null=True)
    hovedaftaleId = serializers.UUIDField(allow_null=True, help_text="Den aftale, en allonge ændrer.")
    forrigeId = serializers.UUIDField(allow_null=True, help_text="Den aftale, den begynder fra.")
    demo = serializers.BooleanField()
    forbehold = serializers.CharField(allow_blank=True)


class OptaellingUd(serializers.Serializer[Any]):
    """How many of the parties have approved."""

    parter = serializers.IntegerField()
    godkendt = serializers.IntegerField()
    afvist = serializers.IntegerField()
    tekst = serializers.CharField()


class EnRammeaftaleUd(RammeaftaleUd):
    """An agreement with the count of its parties, and what keeps it from being adopted."""

    optaelling = OptaellingUd()
    modstrid = serializers.ListField(
        child=serializers.CharField(),
        help_text="Hvorfor den version, der er sendt, ikke kan vedtages, heller ikke når alle har godkendt: vilkår, der er i modstrid "
        "eller har en værdi, der ikke længere kan fastsættes, eller en klausul, en anden allonge har ophævet. "
        "Sekretariatet skal åbne en ny version.",
    )


class PartUd(serializers.Serializer[Any]):
    """A party and where it stands on the version sent for approval."""

    beslutter = serializers.BooleanField(
        help_text="Om parten er part den dag, aftalen afgøres, så dens godkendelse er nødvendig; ellers tiltræder den."
    )

    id = serializers.UUIDField()
    organisationId = serializers.UUIDField()
    organisation = serializers.CharField()
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    efterfoelger = serializers.CharField(allow_null=True)
    begrundelse = serializers.CharField(
        allow_blank=True, help_text="Hvorfor parten eller dens dage er ændret efter registret."
    )
    status = serializers.ChoiceField(choices=STATUSSER)
    dato = serializers.DateField(allow_null=True)
    organ = serializers.CharField(allow_blank=True)
    referatUrl = serializers.CharField(allow_blank=True)
    registreretAf = serializers.CharField(allow_null=True, help_text="Den organisation, der registrerede trinnet.")
    genstart = serializers.ChoiceField(
        choices=[grund.value for grund in Genstartsgrund],
        allow_null=True,
        help_text="Hvorfor parten skal tage stilling igen til denne version.",
    )
    offentliggjort = serializers.DateField(
        allow_null=True, help_text="Dagen, kommunen offentliggjorde den vedtagne aftale på sin hjemmeside."
    )
    offentliggjortUrl = serializers.CharField(allow_blank=True, help_text="Hvor aftalen er offentliggjort.")


class GodkendelseUd(serializers.Serializer[Any]):
    """A step a party has taken."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    status = serializers.ChoiceField(choices=STATUSSER[1:])
    dato = serializers.DateField()
    organ = serializers.CharField()
    referatUrl = serializers.CharField(allow_blank=True)
    bemaerkning = serializers.CharField(allow_blank=True)
    registreret = serializers.DateTimeField()
    registreretAf = serializers.CharField(help_text="Den organisation, der registrerede trinnet.")
    retter = serializers.BooleanField(help_text="Om trinnet retter partens forrige, som var registreret forkert.")
    viderefoertFra = serializers.UUIDField(
        allow_null=True, help_text="Det trin om en tidligere version, som også gælder denne."
    )


class RammeaftaleInd(Krop):
    """The title and the days of a draft."""

    titel = serializers.CharField(max_length=160, help_text="Ses af alle aftalens parter.")
    fra = serializers.DateField()
    til = serializers.DateField(
        allow_null=True, help_text="Dagen efter den sidste; null for en allonge, som slutter med sin aftale."
    )


class PartsgrundInd(Krop):
    """Why a party is taken out."""

    begrundelse = serializers.CharField(max_length=300, help_text=PARTENS_GRUND)


class PartInd(Krop):
    """A new party, to the end of the agreement."""

    organisationId = serializers.UUIDField(help_text="En kommune eller en region.")
    fra = serializers.DateField()
    begrundelse = serializers.CharField(
        max_length=300,
        required=False,
        allow_blank=True,
        default="",
        help_text=f"Kræves, når organisationen ikke er i aftalens KKR. {PARTENS_GRUND}",
    )


class PartsafslutningInd(PartsgrundInd):
    """The last day of a party, and who is one in its place from the day after."""

    sidsteDag = serializers.DateField()
    efterfoelgerId = serializers.UUIDField(required=False, allow_null=True, default=None)


class GodkendelseInd(Krop):
    """A council's decision. Date, body and a link to the minutes are always known of a decision."""

    version = serializers.IntegerField(
        min_value=1,
        required=False,
        allow_null=True,
        default=None,
        help_text=(
            "Den version, beslutningen blev truffet om; udelades den, er det den, der sidst er sendt. En beslutning om en tidligere version"
            f" er truffet, før den næste blev sendt, og tæller for den, som hvis den havde været kendt dengang. {SES_AF}"
        ),
    )
    status = serializers.ChoiceField(choices=STATUSSER[1:], help_text=SES_AF)
    dato = serializers.DateField(help_text=SES_AF)
    organ = serializers.CharField(max_length=120, help_text=SES_AF)
    referatUrl = serializers.URLField(
        max_length=500, required=False, allow_blank=True, default="", help_text=f"Link til referatet. {SES_AF}"
    )
    bemaerkning = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, default="", help_text=f"{REFERATET} {SES_AF}"
    )
    retter = serializers.BooleanField(
        required=False,
        default=False,
        help_text=(
            "Sæt den, når trinnet retter partens forrige, som er registreret forkert; så gælder det, også når det er ældre."
            " Ses af alle aftalens parter."
        ),
    )


FELTER = (
    "id",
    "slug",
    "titel",
    "kkr__navn",
    "periode",
    "tilstand",
    "godkendelsesfrist",
    "paamind_dage",
    "vedtaget",
    "offentliggjort",
    "sendt_til_styrelsen",
    "hovedaftale_id",
    "forrige_id",
    "demo",
    "demo_forbehold",
)


def _dag(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def vis_aftale(r: Mapping[str, Any]) -> dict[str, Any]:
    """As `RammeaftaleUd`, of the values `FELTER`."""
    periode = Periode.af_range(r["periode"])
    return {
        "id": str(r["id"]),
        "slug": r["slug"],
        "titel": r["titel"],
        "kkr": r["kkr__navn"],
        "fra": periode.fra.isoformat(),
        "til": periode.til.isoformat() if periode.til else None,
        "tilstand": r["tilstand"],
        "stand": stand(Aftaletilstand(r["tilstand"]), periode, idag()),
        "godkendelsesfrist": _dag(r["godkendelsesfrist"]),
        "paamindDage": r["paamind_dage"],
        "vedtaget": _dag(r["vedtaget"]),
        "offentliggjort": _dag(r["offentliggjort"]),
        "sendtTilStyrelsen": _dag(r["sendt_til_styrelsen"]),
        "hovedaftaleId": str(r["hovedaftale_id"]) if r["hovedaftale_id"] else None,
        "forrigeId": str(r["forrige_id"]) if r["forrige_id"] else None,
        "demo": r["demo"],
        "forbehold": r["demo_forbehold"],
    }


def vis_part(
    s: Partsstand, aftale: Rammeaftale, genstart: str | None, sket: Offentliggoerelse | None
) -> dict[str, Any]:
    """As `PartUd`; `genstart`: why it must decide again; `sket`: where it has published the agreement."""
    periode = Periode.af_range(s.part.periode)
    return {
        "id": str(s.part.id),
        "beslutter": beslutter(s.part, aftale),
        "organisationId": str(s.part.organisation_id),
        "organisation": s.part.organisation.navn,
        "fra": periode.fra.isoformat(),
        "til": periode.til.isoformat() if periode.til else None,
        "efterfoelger": s.part.efterfoelger.navn if s.part.efterfoelger else None,
        "begrundelse": s.part.begrundelse,
        "status": s.status.value,
        "dato": s.seneste.dato.isoformat() if s.seneste else None,
        "organ": s.seneste.organ if s.seneste else "",
        "referatUrl": s.seneste.referat_url if s.seneste else "",
        "registreretAf": s.seneste.registreret_af.navn if s.seneste else None,
        "genstart": genstart,
        "offentliggjort": _dag(sket.dato if sket else None),
        "offentliggjortUrl": sket.url if sket else "",
    }


def vis_godkendelse(r: Mapping[str, Any]) -> dict[str, Any]:
    """As `GodkendelseUd`."""
    return {
        "id": str(r["id"]),
        "version": r["version__nummer"],
        "status": r["status"],
        "dato": r["dato"].isoformat(),
        "organ": r["organ"],
        "referatUrl": r["referat_url"],
        "bemaerkning": r["bemaerkning"],
        "retter": r["retter"],
        "registreret": rfc3339(r["registreret"]),
        "registreretAf": r["registreret_af__navn"],
        "viderefoertFra": str(r["viderefoert_fra_id"]) if r["viderefoert_fra_id"] else None,
    }


class TringenstartUd(serializers.Serializer[Any]):
    """A party that must decide on the version that was sent, although it was asked about the one before, and why."""

    partId = serializers.UUIDField()
    organisation = serializers.CharField()
    grund = serializers.ChoiceField(choices=[grund.value for grund in Genstartsgrund])


class AftaletrinUd(serializers.Serializer[Any]):
    """A step of the agreement's life: the state it came to, or an accession of the embedsmandsudvalg or of a later party."""

    id = serializers.UUIDField()
    art = serializers.ChoiceField(choices=TRINARTER)
    dato = serializers.DateField()
    version = serializers.IntegerField(allow_null=True)
    organ = serializers.CharField(allow_blank=True, help_text="Hvem der tog trinnet; tomt, når det er sekretariatet.")
    referatUrl = serializers.CharField(allow_blank=True)
    begrundelse = serializers.CharField(allow_blank=True)
    genstarter = TringenstartUd(
        many=True, help_text="Ved `sendt`: de parter, der skal tage stilling igen, og hvorfor; ellers tom."
    )
    retter = serializers.BooleanField(help_text="Om trinnet træder i stedet for noget, der først var registreret.")
    registreret = serializers.DateTimeField()
    registreretAf = serializers.CharField(help_text="Den organisation, der registrerede trinnet.")


def vis_trin(skridt: Vejskridt, genstarter: list[Genstart]) -> dict[str, Any]:
    """As `AftaletrinUd`; `genstarter` are those the step restarted."""
    return {
        "id": str(skridt.id),
        "art": skridt.art,
        "dato": skridt.dato.isoformat(),
        "version": skridt.version,
        "organ": skridt.organ,
        "referatUrl": skridt.referat_url,
        "begrundelse": skridt.naermere,
        "genstarter": [
            {"partId": str(g.part_id), "organisation": g.part.organisation.navn, "grund": g.grund} for g in genstarter
        ],
        "retter": skridt.retter,
        "registreret": rfc3339(skridt.registreret),
        "registreretAf": skridt.registreret_af,
    }
