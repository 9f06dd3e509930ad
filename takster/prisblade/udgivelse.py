"""What is said of prices beside the takst begins and ends here. Called under the offer's lock."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.haendelser import publicer
from faelles.tid import Periode, nu
from takster.models import Prisart, Prisblad, Takst
from vilkaar.kilde import kilde_i_ord
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar

JA = "ja"


def erstat(aktoer: Aktoer, nyt: Prisblad, vilkaar: GaeldendeVilkaar) -> Prisblad | None:
    """End what is said of the same prices on the days of the new one. The last of them, which the new one takes the place of.

    Raises Konflikt `prisblad_findes` when there is some and no reason is given, `midtaarsaendring_ikke_aftalt` when the agreement has
    no changes inside the year.
    """
    gamle = list(
        Prisblad.objects.offentlige(aktoer)
        .filter(afdeling=nyt.afdeling_id, hjemmel=nyt.hjemmel_id, art=nyt.art, navn=nyt.navn)
        .filter(periode__overlap=nyt.periode)
        .order_by("periode")
    )
    if not gamle:
        return None
    ny = Periode.af_range(nyt.periode)
    if not nyt.begrundelse:
        raise Konflikt(
            "prisblad_findes",
            f"Der er allerede offentliggjort priser fra {Periode.af_range(gamle[0].periode).fra:%d.%m.%Y}. Skal de ændres, så send dem ind igen med en begrundelse.",
        )
    if (
        any(Periode.af_range(gammelt.periode).fra < ny.fra for gammelt in gamle)
        and vilkaar.ord(Noegle.MIDTAARSAENDRING) != JA
    ):
        raise Konflikt(
            "midtaarsaendring_ikke_aftalt",
            f"{kilde_i_ord(vilkaar, Noegle.MIDTAARSAENDRING)}, tillader ikke, at priser ændres inde i året. Ret dem fra den dag, de gamle begyndte, eller vent til næste år.",
        )
    _ophoer(gamle, ny, nu())
    return gamle[-1]


def afslut_afledte(aktoer: Aktoer, nye: Iterable[Takst]) -> None:
    """Levels are a takst split and packages several put together: where another has come in its place they are no longer what we say."""
    for takst in nye:
        gamle = (
            Prisblad.objects.offentlige(aktoer)
            .filter(art=Prisart.NIVEAUER, afdeling=takst.afdeling_id, hjemmel=takst.hjemmel_id)
            .filter(periode__overlap=takst.periode)
            .exclude(grundtakst=takst.beloeb, enhed=takst.enhed)
        )
        pakker = (
            Prisblad.objects.offentlige(aktoer)
            .filter(art=Prisart.PAKKE, afdeling=takst.afdeling_id, periode__overlap=takst.periode)
            .filter(beregning__inddata__dele__contains=[{"paragraf": takst.hjemmel_id}])
        )
        brudte = [
            pakke for pakke in pakker if pakke.enhed != takst.enhed or _dele(pakke)[takst.hjemmel_id] != takst.beloeb
        ]
        _ophoer([*gamle, *brudte], Periode.af_range(takst.periode), takst.oprettet)


def _dele(pakke: Prisblad) -> dict[str, Decimal]:
    """What the package pays under each legal basis."""
    return {et["paragraf"]: Decimal(et["takst"]) for et in pakke.beregning["inddata"]["dele"]}


def _ophoer(gamle: Sequence[Prisblad], ny: Periode, oejeblik: datetime) -> None:
    """End them as what we say, and let the days of them that are not taken go on unchanged."""
    for gammelt in gamle:
        gammelt.ophoert = oejeblik
        gammelt.save(update_fields=["ophoert"])
        publicer("prisblad.ophoert", "prisblad", gammelt.pk)
        hele = Periode.af_range(gammelt.periode)
        rester = [Periode(hele.fra, ny.fra)] if hele.fra < ny.fra else []
        if ny.til is not None and (hele.til is None or ny.til < hele.til):
            rester.append(Periode(ny.til, hele.til))
        for rest in rester:
            Prisblad.objects.create(
                **{felt: getattr(gammelt, felt) for felt in _BLIVER},
                periode=rest.som_range,
                erstatter=gammelt,
                oprettet=oejeblik,
            )


_BLIVER = (
    "driftsherre_id", "tilbud_id", "afdeling_id", "hjemmel_id", "art", "navn", "enhed", "beregning", "vilkaarssaet_id", "bekraeftet_id", "begrundelse",
    "tilstand", "indsendt", "indsendt_af", "indsendt_rolle", "afgjort", "afgjort_af", "afgjort_rolle",
)  # fmt: skip
