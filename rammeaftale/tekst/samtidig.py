"""When two write the same clause: the second keeps what she wrote, sees what the other saved, and may save on top of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rammeaftale.models import Rammeaftale, Version
from rammeaftale.tekst.forms import IndledningForm, KlausulForm, UdgaaForm, VilkaarForm
from rammeaftale.tekst.forskel import Stykke, Vilkaarsforskel, forskel, vilkaarsforskelle
from rammeaftale.tekst.indledning import laest
from rammeaftale.tekst.queries import Klausultekst, som_gemt
from rammeaftale.tekst.sammenligning import hele, klausulforskel
from vilkaar.noegler import Noegle


@dataclass(frozen=True, slots=True)
class Andens:
    """What another has saved since the writer opened it, and how it differs; from what, the sentence says. `nu`: the clause, if it is one."""

    nu: Klausultekst | None
    overskrift: str
    forklaring: str
    tekst: Sequence[Stykke]
    vilkaar: Sequence[Vilkaarsforskel] = ()


def om_indledningen(form: IndledningForm, nu: Version) -> tuple[IndledningForm, Andens]:
    """The writer's own introduction again, and how the other's differs from it."""
    skrevet = form.cleaned_data["tekst"]
    ny = IndledningForm({"tekst": skrevet, "udgave": laest(nu)})
    ny.is_valid()
    forklaring = (
        "Det, der kun står i den andens, er markeret som fjernet; det, der kun står i din, som tilføjet. Din tekst står stadig i "
        "feltet nedenfor og afløser den andens, hvis du gemmer den. Tag det med over, som skal bevares."
    )
    tekst = forskel(nu.indledning, skrevet.replace("\r\n", "\n").strip())
    return ny, Andens(None, "Den andens tekst og din", forklaring, tekst)


def om_teksten(form: KlausulForm, nu: Klausultekst, aftale: Rammeaftale) -> tuple[KlausulForm, Andens]:
    """The writer's own number, heading and text again, and how the other's differ from them; of a clause the other let go, its terms too."""
    skrevet = form.cleaned_data
    ny = KlausulForm({**skrevet, "udgave": nu.udgave.udgave})
    ny.is_valid()
    min_ = hele(f"{skrevet['nummer']} {skrevet['overskrift']}", skrevet["tekst"].replace("\r\n", "\n"))
    forklaring = (
        "Det, der kun står i den, er markeret som fjernet; det, der kun står i din, som tilføjet. Din tekst står stadig i "
        f"felterne nedenfor; gemmer du den, bliver den udgave {nu.udgave.udgave + 1}, og den andens bevares."
    )
    tekst = forskel(hele(nu.navn, nu.udgave.tekst), min_)
    if not nu.udgave.udgaar:
        return ny, Andens(nu, "Den andens tekst og din", forklaring, tekst)
    forklaring += " Klausulen er da med igen, og dens vilkår med den, undtagen dem, en anden klausul nu fastsætter."
    laest = som_gemt(aftale, nu.id, udgave=skrevet["udgave"] or 0)
    vilkaar = vilkaarsforskelle(laest.vilkaar if laest else {}, nu.vilkaar)
    return ny, Andens(nu, "Den andens tekst og din", forklaring, tekst, vilkaar)


def om_vilkaarene(
    form: VilkaarForm, nu: Klausultekst, aftale: Rammeaftale, ledige: Iterable[Noegle]
) -> tuple[VilkaarForm, Andens]:
    """The writer's own values again, with those the other has added, and what the other changed.

    A term the other removed has its field still, because the writer gave it a value.
    """
    skrevet = {felt: form.cleaned_data[felt] for felt in form.fields if felt in form.data}
    felter = {**VilkaarForm.af(nu.vilkaar), **skrevet, "udgave": nu.udgave.udgave}
    saettes = [noegle for noegle in Noegle if noegle in nu.vilkaar or noegle in form.saettes]
    ny = VilkaarForm(felter, saettes=saettes, ledige=ledige)
    ny.is_valid()
    forklaring = "Her er, hvad der blev ændret. Dine værdier står stadig i felterne nedenfor og gælder, hvis du gemmer."
    return ny, _siden_da(aftale, form.cleaned_data["udgave"], nu, forklaring)


def om_udgaaet(form: UdgaaForm, nu: Klausultekst, aftale: Rammeaftale) -> tuple[UdgaaForm, Andens]:
    """The button again, for the clause as the other left it, and what the other changed."""
    ny = UdgaaForm({"udgave": nu.udgave.udgave})
    ny.is_valid()
    forklaring = "Her er, hvad der blev ændret. Skal klausulen stadig udgå, så vælg det igen."
    return ny, _siden_da(aftale, form.cleaned_data["udgave"], nu, forklaring)


def _siden_da(aftale: Rammeaftale, laest: int, nu: Klausultekst, forklaring: str) -> Andens:
    """What has changed since the saving that was read."""
    foer = som_gemt(aftale, nu.id, udgave=laest)
    en = klausulforskel(foer, nu, foer.vilkaar if foer else {})
    return Andens(nu, "Ændret, siden du åbnede klausulen", forklaring, en.tekst, en.vilkaar)
