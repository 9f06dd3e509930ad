"""What is done with hearings, by the secretariat and by those who are asked: the only way they change."""

from rammeaftale.hoering.actions.behandling import behandl
from rammeaftale.hoering.actions.filer import vurder_fil
from rammeaftale.hoering.actions.forberedelse import (
    Hoeringsindhold,
    Modtagerindhold,
    fjern_hoering,
    fjern_modtager,
    opret_hoering,
    ret_hoering,
    ret_postkasse,
    tilfoej_modtagere,
)
from rammeaftale.hoering.actions.forloeb import afslut, bestil_notat, nyt_link, send_hoering, traek_link
from rammeaftale.hoering.actions.svar import Afgivet, Besvarelse, afgiv_svar, svarets_fejl

__all__ = [
    "Afgivet",
    "Besvarelse",
    "Hoeringsindhold",
    "Modtagerindhold",
    "afgiv_svar",
    "afslut",
    "behandl",
    "bestil_notat",
    "fjern_hoering",
    "fjern_modtager",
    "nyt_link",
    "opret_hoering",
    "ret_hoering",
    "ret_postkasse",
    "send_hoering",
    "svarets_fejl",
    "tilfoej_modtagere",
    "traek_link",
    "vurder_fil",
]
