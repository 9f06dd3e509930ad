"""What a worked example comes to, in a sentence: pure."""

from decimal import Decimal

from faelles.dokument.tal import kr
from rammeaftale.rapporter.eksempler.data import Eksempel, Regnestykke
from rammeaftale.rapporter.eksempler.regning import OVERSKUD


def konklusion(eksempel: Eksempel) -> str:
    """The result of each calculation; why there is none, when the set lacks a term."""
    if eksempel.hvorfor_ikke:
        return f"Eksemplet kan ikke regnes. {eksempel.hvorfor_ikke}"
    if eksempel.noegle == OVERSKUD:
        return " ".join(map(_efterregulering, eksempel.regnestykker[1:]))
    uden, med = eksempel.regnestykker
    return (
        f"Enhedstaksten er {_takst(uden)} pr. døgn uden efterregulering og {_takst(med)} pr. døgn, når årets "
        "efterregulering er regnet med."
    )


def _efterregulering(stykke: Regnestykke) -> str:
    resultat, beloeb = stykke.trin[0].vaerdi, stykke.resultat.vaerdi
    art = "underskud" if resultat < 0 else "overskud"
    indgaar = f"{kr(abs(beloeb), 0)} indgår i taksten" if beloeb else "intet indgår i taksten"
    return f"{stykke.navn}: {art} på {kr(abs(resultat), 0)}; {indgaar}."


def _takst(stykke: Regnestykke) -> str:
    beloeb = stykke.resultat.vaerdi
    return kr(beloeb, 0 if beloeb == beloeb.to_integral_value() else -int(Decimal(beloeb).as_tuple().exponent))
