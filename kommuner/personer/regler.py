"""What may be given to whom, and who may say yes to an administrator. No database, no clock."""

from collections.abc import Collection, Mapping
from uuid import UUID

from kommuner.models import ROLLE_ARTER, Organisationsart, Rolle

MINDST_TO = 2  # administrators: from here on the organisation decides by itself


def mulige_roller(art: Organisationsart) -> list[Rolle]:
    """The roles an organisation of the kind can give by itself; an administrator takes two people (see `hindring`)."""
    return [rolle for rolle in Rolle if art in ROLLE_ARTER[rolle] and rolle is not Rolle.ADMINISTRATOR]


def kan_begraenses(art: Organisationsart) -> bool:
    """Whether somebody in such an organisation can be limited to some of its offers."""
    return Rolle.TILBUDSLEDER in mulige_roller(art)


def rollefejl(
    art: Organisationsart, roller: Collection[str], kun_tilbud: Collection[UUID], egne_tilbud: Collection[UUID]
) -> Mapping[str, list[str]]:
    """What is wrong with giving these roles for these offers, by field; empty when nothing is."""
    fejl: dict[str, list[str]] = {}
    mulige = mulige_roller(art)
    if not roller:
        fejl["roller"] = ["Vælg mindst en rolle."]
    elif Rolle.ADMINISTRATOR in roller:
        fejl["roller"] = ["En administrator skal foreslås og godkendes af en anden. Brug »Foreslå administrator«."]
    elif not set(roller) <= set(mulige):
        fejl["roller"] = [f"Vælg blandt: {', '.join(str(rolle.label) for rolle in mulige)}."]
    if kun_tilbud and Rolle.TILBUDSLEDER not in roller:
        fejl["kun_tilbud"] = ["Kun en tilbudsleder kan begrænses til enkelte tilbud. Fjern afkrydsningerne."]
    elif not set(kun_tilbud) <= set(egne_tilbud):
        fejl["kun_tilbud"] = ["Vælg kun tilbud, som organisationen selv driver."]
    return fejl


def hindring(*, eget_forslag: bool, er_kandidaten: bool, hjaelp: bool, administratorer: int) -> str:
    """Why somebody may not decide about a proposed administrator, in words; empty when she may.

    `administratorer` is how many the organisation has: a secretariat decides only where there are fewer than two.
    """
    if eget_forslag:
        return "Du har selv stillet forslaget. Det skal en anden tage stilling til."
    if er_kandidaten:
        return "Forslaget handler om dig selv. Det skal en anden tage stilling til."
    if hjaelp and administratorer >= MINDST_TO:
        return "Organisationen har selv to administratorer eller flere. En af dem skal tage stilling til forslaget."
    return ""
