"""The worked models of an agreement's version, with the terms it was published with."""

from datetime import date

from rammeaftale.models import Version
from rammeaftale.rapporter.aftaleteksten.samling import laesedag, udsendt_saet
from rammeaftale.rapporter.eksempler.data import Eksempel
from rammeaftale.rapporter.eksempler.regning import eksempler
from vilkaar.queries import i_saet


def saml(version: Version, dag: date) -> tuple[Eksempel, ...]:
    """Both models for takster of the year the agreement is read in; they say why when its terms are no set yet."""
    saet = udsendt_saet(version, dag)
    return eksempler(i_saet([saet.pk])[saet.pk] if saet else None, laesedag(version, dag).year)
