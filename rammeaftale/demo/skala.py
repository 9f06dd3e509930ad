"""How much to make, and at which rate the things that make pages go wrong are planted.

Not planted yet, because nothing can hold them: absences from a stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skala:
    """`kkr` None means the whole country; `kommuner` names the few of a small scale."""

    navn: str
    kkr: str | None
    tilbud: int
    pladser: int
    ophold: int
    kommuner: tuple[str, ...] = ()


SKALAER: Mapping[str, Skala] = {
    skala.navn: skala
    for skala in (
        Skala("lille", "KKR Hovedstaden", 12, 120, 700, ("Gladsaxe", "Herlev", "Rødovre")),
        Skala("hovedstaden", "KKR Hovedstaden", 350, 5_000, 60_000),
        Skala("landet", None, 6_500, 60_000, 750_000),
    )
}

AAR_TILBAGE = 10


@dataclass(frozen=True, slots=True)
class Rater:
    """Fractions (0-1) of offers, departments or places that carry each kind of trouble."""

    kommunal_driftsherre: float = 0.62
    regional_driftsherre: float = 0.13  # what remains is private or self-owning
    beskyttet_adresse: float = 0.03
    meget_langt_navn: float = 0.01
    flere_hjemler: float = 0.30  # of the offers whose kind knows a second legal basis
    lukket_tilbud: float = 0.02
    uden_pladser: float = 0.02  # of all offers: delivered where the citizen lives
    niveau_flyttet: float = 0.12
    bekraeftet_frisk: float = 0.70
    bekraeftet_forfalden: float = 0.15
    bekraeftet_foraeldet: float = 0.12  # what remains has never been confirmed
    plads_aabnet_undervejs: float = 0.20
    merplads: float = 0.02
    lukket_plads: float = 0.01
    aflastningsplads: float = 0.04  # of the places of offers that are open at night
    akutplads: float = 0.01
    forbeholdt_dagplads: float = 0.05
    delt_dagplads: float = 0.25
    uden_takst_naeste_aar: float = 0.03
    takst_skifter_i_en_maaned: float = 0.02  # of the takster
    kommune_uden_ean: float = 0.10
    belaegning: float = 0.95
    ophold_med_sag: float = 0.10  # of those with days since the first takst
    uden_kendt_udflytning: float = 0.60  # of the stays that cover today


RATER = Rater()
