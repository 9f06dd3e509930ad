"""What the secretariat does with an agreement: the only way its state changes."""

from rammeaftale.actions.afsendelse import ret_afsendelse
from rammeaftale.actions.godkendelse import registrer_godkendelse, registrer_offentliggoerelse, vedtag_enstemmige
from rammeaftale.actions.opret import opret_aftale, opret_allonge
from rammeaftale.actions.parter import afslut_part, fjern_part, tilfoej_part
from rammeaftale.actions.ret import ret_aftale
from rammeaftale.actions.trin import (
    flyt,
    ny_version,
    registrer_faktum,
    ret_frist,
    send_til_godkendelse,
    traek_vilkaar,
    udsend_foreloebigt,
)

__all__ = [
    "afslut_part",
    "fjern_part",
    "flyt",
    "ny_version",
    "opret_aftale",
    "opret_allonge",
    "registrer_faktum",
    "registrer_godkendelse",
    "registrer_offentliggoerelse",
    "ret_afsendelse",
    "ret_aftale",
    "ret_frist",
    "send_til_godkendelse",
    "tilfoej_part",
    "traek_vilkaar",
    "udsend_foreloebigt",
    "vedtag_enstemmige",
]
