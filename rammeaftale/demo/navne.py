"""Names of offers as one meets them, made of parts; none is taken from a real register."""

from random import Random

_FORLED = (
    "Birke", "Bøge", "Ege", "Elle", "Eng", "Fyrre", "Gran", "Hassel", "Hede", "Hvidtjørne", "Kastanje", "Kirsebær", "Kløver",
    "Kær", "Linde", "Lyng", "Lærke", "Mirabel", "Mose", "Pile", "Poppel", "Rosen", "Røn", "Skov", "Sol", "Svale", "Tjørne",
    "Vinkel", "Æble", "Østre", "Ådal", "Åkande",
)  # fmt: skip
_EFTERLED = (
    "gården",
    "huset",
    "parken",
    "lunden",
    "vænget",
    "højen",
    "dalen",
    "stien",
    "hegnet",
    "bakken",
    "engen",
    "toften",
)
_AFDELINGER = ("Hovedhuset", "Afdeling Nord", "Afdeling Syd", "Afdeling Øst")
FLEST_AFDELINGER = len(_AFDELINGER)
_LANGT = (
    "{navn}, rådgivnings-, bo- og aktivitetstilbud for borgere med sjældent forekommende funktionsnedsættelser, Åsen"
)


class Navne:
    """Draws names without giving the same one twice."""

    def __init__(self, rng: Random, *optagne: str) -> None:
        """Keep the source of chance and what has been given."""
        self._rng = rng
        self._brugte = set(optagne)

    def tilbud(self, forstavelse: str, kommune: str, *, langt: bool) -> str:
        """For instance "Botilbuddet Lærkehuset"; the municipality is added when the name is taken, then a number."""
        navn = f"{forstavelse} {self._rng.choice(_FORLED)}{self._rng.choice(_EFTERLED)}"
        if langt:
            navn = _LANGT.format(navn=navn)
        muligt, nummer = navn, 1
        while muligt in self._brugte:
            muligt = f"{navn}, {kommune}" if nummer == 1 else f"{navn}, {kommune} {nummer}"
            nummer += 1
        self._brugte.add(muligt)
        return muligt

    def vej(self) -> str:
        """A street and a number."""
        return f"{self._rng.choice(_FORLED)}vej {self._rng.randint(1, 180)}"

    def leverandoer(self) -> str:
        """A private or self-owning operator."""
        slags = self._rng.choice(("Fonden", "Foreningen", "Den selvejende institution", "Stiftelsen"))
        return f"{slags} {self._rng.choice(_FORLED)}{self._rng.choice(_EFTERLED)} (demo)"


def afdelinger(antal: int) -> tuple[str, ...]:
    """Names of so many departments of one offer."""
    return _AFDELINGER[:antal]
