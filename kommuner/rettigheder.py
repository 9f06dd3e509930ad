"""The sets of rights that roles and systems share. Imports no models: a constraint of `ApiKlient` is made of them."""

from collections.abc import Mapping

from faelles.aktoer import Funktion, Rettighed

LAESER = frozenset(
    {Rettighed.TILBUD_LAES, Rettighed.FEJLMELDINGER_LAES, Rettighed.RAMMEAFTALER_LAES, Rettighed.RAPPORTER_LAES}
)
SAGER = frozenset({Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV})
# What becomes a takst of the operator's: what is delivered, and what people do with it.
TAKSTER = frozenset({Rettighed.TAKSTER_INDLAES, Rettighed.TAKSTER_SKRIV})
# What a party does with what the agreement has taken on; the secretariat, having it too, also sets it.
AFTALEARBEJDE = frozenset({Rettighed.FOKUS_SKRIV, Rettighed.UDMELDINGER_SKRIV})

# What a system may be given, by the function it acts in. The database refuses more (apiklient_funktion_og_adgange).
KLIENTRETTIGHEDER: Mapping[Funktion, frozenset[Rettighed]] = {
    Funktion.MYNDIGHED: LAESER
    | SAGER
    | AFTALEARBEJDE
    | {Rettighed.FEJLMELDINGER_SKRIV, Rettighed.RAPPORTER_BESTIL, Rettighed.SOEGNINGER_SKRIV},
    Funktion.DRIFTSHERRE: LAESER
    | SAGER
    | AFTALEARBEJDE
    | {
        Rettighed.FEJLMELDINGER_SKRIV,
        Rettighed.PLADSER_BEKRAEFT,
        Rettighed.TAKSTER_INDLAES,
        Rettighed.TILBUD_SKRIV,
    },
    Funktion.SEKRETARIAT: LAESER
    | AFTALEARBEJDE
    | {
        Rettighed.AFTALER_SKRIV,
        Rettighed.FEJLMELDINGER_SKRIV,
        Rettighed.GODKENDELSER_SKRIV,
        Rettighed.HOERINGER_SKRIV,
        Rettighed.RAPPORTER_BESTIL,
    },
}
