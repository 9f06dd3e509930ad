"""What the sets of values are called in the OpenAPI document, where several properties share a name or a set."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from rammeaftale.fokus.regler import MELDBARE, Milepaelsstand, Ophav
from rammeaftale.hoering.filer import Filart
from rammeaftale.hoering.regler import (
    Behandlingsudfald,
    Filadgang,
    Filudfald,
    Hoeringsstand,
    Hoeringsudfald,
    Modtagerart,
    Modtagerudfald,
)
from rammeaftale.livscyklus import REGISTRERES, TRINARTER, Aftaletilstand, Genstartsgrund, Partsstatus
from rammeaftale.organer.regler import Organart
from rammeaftale.udmeldinger.regler import Udmeldingsart, Udmeldingsstand
from reservationer.sag.overgange import Emne, tilstande, udfald_for
from reservationer.sag.prisudvikling import regler as prisudvikling
from reservationer.soegning.kriterier import Kriterium
from reservationer.svartider.regler import Inddeling as Svartidsinddeling
from reservationer.svartider.regler import Trin
from reservationer.venteliste.begreber import AFMELDINGSGRUNDE, Afslutning, Alternativsvar, Regel, Springgrund
from takster.prisarter import Finansieringsart, Prisart
from takster.tilstande import Beregningstilstand
from takster.vaekst.regler import Grund, Gruppe
from vilkaar.beskrivelse import Aendrer, Noegletype


def _valg(vaerdier: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(vaerdi.value, vaerdi.value) for vaerdi in vaerdier]


# The sets of models stand as the path to their values: settings are read before there are any models.
ENUMNAVNE: Mapping[str, str | list[tuple[str, str]]] = {
    "Kriterium": _valg(Kriterium),
    "Beslutningsudfald": _valg(udfald for udfald in udfald_for(Emne.RESERVATION) if udfald != "indskriv"),
    "Reservationstilstand": _valg(tilstande(Emne.RESERVATION)),
    "Henvendelsestilstand": _valg(tilstande(Emne.HENVENDELSE)),
    "Henvendelsesudfald": _valg(udfald_for(Emne.HENVENDELSE)),
    "Beregningstilstand": _valg(Beregningstilstand),
    "Prisart": _valg(Prisart),
    "Udeladelsesgrund": _valg(Grund),
    "Vaekstgruppe": _valg(Gruppe),
    "Prisudeladelsesgrund": _valg(prisudvikling.Grund),
    "Ejer": _valg(prisudvikling.Ejer),
    "Finansieringsart": _valg(Finansieringsart),
    "Opholdstilstand": _valg(tilstande(Emne.OPHOLD)),
    "Pladstilbudstilstand": _valg(tilstande(Emne.PLADSTILBUD)),
    "Pladstilbudsudfald": _valg(udfald_for(Emne.PLADSTILBUD)),
    "Opholdsudfald": _valg(udfald_for(Emne.OPHOLD)),
    "Ventelisteregel": _valg(Regel),
    "Ventelisteinddeling": "reservationer.venteliste.opgoerelse_api.INDDELINGER",
    "Svartidstrin": _valg(Trin),
    "Svartidsinddeling": _valg(Svartidsinddeling),
    "Springgrund": _valg(Springgrund),
    "Venteafslutning": _valg(Afslutning),
    "Afmeldingsgrund": _valg(AFMELDINGSGRUNDE),
    "Alternativsvar": _valg(Alternativsvar),
    "Placeringsaftaletilstand": _valg(tilstande(Emne.PLACERINGSAFTALE)),
    "Placeringsaftaleudfald": _valg(udfald_for(Emne.PLACERINGSAFTALE)),
    "Aftaletilstand": _valg(Aftaletilstand),
    "Trinart": [(art, art) for art in TRINARTER],
    "Partsstatus": _valg(Partsstatus),
    "Godkendelsesstatus": _valg(REGISTRERES),
    "Genstartsgrund": _valg(Genstartsgrund),
    "Organart": _valg(Organart),
    "Milepaelsstand": _valg(Milepaelsstand),
    "Meldbarstand": _valg(MELDBARE),
    "Fokusophav": _valg(Ophav),
    "Udmeldingsart": _valg(Udmeldingsart),
    "Udmeldingsstand": _valg(Udmeldingsstand),
    "Hoeringsstand": _valg(Hoeringsstand),
    "Hoeringsudfald": _valg(Hoeringsudfald),
    "Modtagerart": _valg(Modtagerart),
    "Modtagerudfald": _valg(Modtagerudfald),
    "Behandlingsudfald": _valg(Behandlingsudfald),
    "Filadgang": _valg(Filadgang),
    "Filudfald": _valg(Filudfald),
    "Filart": _valg(Filart),
    "Aendrer": _valg(Aendrer),
    "Noegletype": _valg(Noegletype),
    "Delart": "rammeaftale.tekst.api.DELARTER",
    "Saetstatus": "rammeaftale.tekst.apiformer.SAETSTATUSSER",
    "Jobstatus": "tilbud.registerimport.api.JOBSTATUSSER",
    "Pladsart": "tilbud.aendringer.api.PLADSARTER",
}
