"""Who acts: an organisation and a function, never just a person (one CVR may be buyer, operator and secretariat at once)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from faelles.fejl import IngenAdgang


class Funktion(StrEnum):
    """What the organisation does in the matter at hand."""

    MYNDIGHED = "myndighed"
    DRIFTSHERRE = "driftsherre"
    SEKRETARIAT = "sekretariat"
    ADMINISTRATION = "administration"
    DRIFT = "drift"


class Rettighed(StrEnum):
    """What an actor may do. Those that systems can hold too are the scopes of the API (api.md)."""

    TILBUD_LAES = "tilbud:read"
    TILBUD_SKRIV = "tilbud:write"
    NIVEAUER_SKRIV = "niveauer:write"
    PLADSER_BEKRAEFT = "pladser:confirm"
    TAKSTER_INDLAES = "takster:submit"
    TAKSTER_SKRIV = "takster:write"
    SOEGNINGER_SKRIV = "soegninger:write"
    FEJLMELDINGER_LAES = "fejlmeldinger:read"
    FEJLMELDINGER_SKRIV = "fejlmeldinger:write"
    RESERVATIONER_LAES = "reservationer:read"
    RESERVATIONER_SKRIV = "reservationer:write"
    RAMMEAFTALER_LAES = "rammeaftaler:read"
    AFTALER_SKRIV = "rammeaftaler:write"
    KOMMENTARER_SKRIV = "rammeaftaler:comment"
    GODKENDELSER_SKRIV = "godkendelser:write"
    HOERINGER_SKRIV = "hoeringer:write"
    FOKUS_SKRIV = "fokusomraader:write"
    UDMELDINGER_SKRIV = "udmeldinger:write"
    RAPPORTER_LAES = "rapporter:read"
    RAPPORTER_BESTIL = "rapporter:write"
    PERSONER_STYR = "admin:personer"
    PERSONER_HJAELP = "admin:hjaelp"
    KLIENTER_STYR = "admin:klienter"
    LOG_LAES = "admin:log"
    DRIFT_LAES = "drift:read"


RETTIGHED_TEKST: Mapping[Rettighed, str] = {
    Rettighed.TILBUD_LAES: "Se tilbud, pladser, takster og ledige pladser",
    Rettighed.TILBUD_SKRIV: "Ændre organisationens egne tilbud og pladser",
    Rettighed.NIVEAUER_SKRIV: "Registrere tilbuds niveau og klynger af kommuner",
    Rettighed.PLADSER_BEKRAEFT: "Bekræfte at en afdelings pladser er rigtige",
    Rettighed.TAKSTER_INDLAES: "Lægge organisationens egne budgetter og regnskaber ind som kladder",
    Rettighed.TAKSTER_SKRIV: "Lægge budgetter og beregne, godkende og offentliggøre takster",
    Rettighed.SOEGNINGER_SKRIV: "Gemme søgninger, som platformen prøver igen, og slette dem",
    Rettighed.FEJLMELDINGER_LAES: "Se fejlmeldinger, organisationen har sendt eller modtaget",
    Rettighed.FEJLMELDINGER_SKRIV: "Melde fejl i det, der vises om tilbud, trække egne meldinger tilbage og svare på dem, organisationen har modtaget",
    Rettighed.RESERVATIONER_LAES: "Se egne reservationer",
    Rettighed.RESERVATIONER_SKRIV: "Oprette, bekræfte, afvise og annullere reservationer",
    Rettighed.RAMMEAFTALER_LAES: "Se rammeaftaler, parter og godkendelser",
    Rettighed.AFTALER_SKRIV: "Skrive rammeaftaler og føre dem frem",
    Rettighed.KOMMENTARER_SKRIV: "Kommentere udkast til rammeaftaler",
    Rettighed.GODKENDELSER_SKRIV: "Registrere parternes godkendelser",
    Rettighed.HOERINGER_SKRIV: "Sende udkast i høring og behandle svarene",
    Rettighed.FOKUS_SKRIV: "Melde om milepæle og, som sekretariat, skrive fokusområder",
    Rettighed.UDMELDINGER_SKRIV: "Svare på centrale udmeldinger og, som sekretariat, registrere dem",
    Rettighed.RAPPORTER_LAES: "Se og hente rapporter",
    Rettighed.RAPPORTER_BESTIL: "Bestille rapporter",
    Rettighed.PERSONER_STYR: "Styre organisationens egne personer og deres roller",
    Rettighed.PERSONER_HJAELP: "Hjælpe organisationer i samme KKR med deres personer",
    Rettighed.KLIENTER_STYR: "Styre organisationens egne API-klienter",
    Rettighed.LOG_LAES: "Se ændringer og læsninger af organisationens egne data",
    Rettighed.DRIFT_LAES: "Se platformens driftstilstand",
}

# Administration and operations are for people, and so are the takster, whose changes two persons stand behind, the levels, which
# the secretariat decides, and what is said about a draft: no system can be given these, so they are no scopes of the API. A system
# that writes agreements corrects who they are between and for when; no resource writes their text or takes a step of their life.
# A system may change the register: what matters to others waits for a person's approval, and no system can approve. It may deliver
# budgets and accounts: they are drafts until people compute, approve and publish a takst of them.
KUN_PERSONER = frozenset(
    {
        Rettighed.NIVEAUER_SKRIV,
        Rettighed.TAKSTER_SKRIV,
        Rettighed.KOMMENTARER_SKRIV,
        Rettighed.PERSONER_STYR,
        Rettighed.PERSONER_HJAELP,
        Rettighed.KLIENTER_STYR,
        Rettighed.LOG_LAES,
        Rettighed.DRIFT_LAES,
    }
)

SCOPES: Mapping[str, str] = {
    rettighed.value: tekst for rettighed, tekst in RETTIGHED_TEKST.items() if rettighed not in KUN_PERSONER
}


@dataclass(frozen=True, slots=True)
class Aktoer:
    """The organisation and function somebody (a person or a system) acts for, and what they may do there.

    `identitet` is `bruger:<uuid>` or `klient:<id>` and goes into history and logs. `tilbud` are the only offers of the
    organisation the actor works with; None means all of them.
    """

    organisation_id: UUID
    organisation_navn: str
    funktion: Funktion
    rettigheder: frozenset[Rettighed]
    identitet: str
    rolle_navn: str
    tilbud: frozenset[UUID] | None = None

    def driver(self, driftsherre_id: UUID, tilbud_id: UUID) -> bool:
        """Whether the actor acts as the operator of this offer: the organisation's own, and among those it is limited to."""
        return (
            self.funktion is Funktion.DRIFTSHERRE
            and driftsherre_id == self.organisation_id
            and (self.tilbud is None or tilbud_id in self.tilbud)
        )

    def maa(self, rettighed: Rettighed) -> bool:
        """Whether the actor holds the right."""
        return rettighed in self.rettigheder

    def kraev(self, rettighed: Rettighed, *funktioner: Funktion) -> None:
        """Raise IngenAdgang unless the actor holds the right and, when functions are given, acts in one of them."""
        hvem = f"Som {self.rolle_navn} for {self.organisation_navn}"
        if not self.maa(rettighed):
            raise IngenAdgang("ingen_adgang", f"{hvem} kan du ikke: {RETTIGHED_TEKST[rettighed].lower()}.")
        if funktioner and self.funktion not in funktioner:
            kraevet = " eller ".join(funktion.value for funktion in funktioner)
            raise IngenAdgang(
                "ingen_adgang", f"{hvem} handler du som {self.funktion.value}. Dette kan kun gøres som {kraevet}."
            )
