"""The only ways in which people get, keep and lose roles."""

from kommuner.personer.actions.forslag import afgoer_forslag, foreslaa_administrator
from kommuner.personer.actions.invitationer import (
    inviter,
    inviter_foerste_administrator,
    send_igen,
    tag_imod,
    traek_tilbage,
)
from kommuner.personer.actions.roller import afslut_rolle, fjern_person, giv_rolle

__all__ = [
    "afgoer_forslag",
    "afslut_rolle",
    "fjern_person",
    "foreslaa_administrator",
    "giv_rolle",
    "inviter",
    "inviter_foerste_administrator",
    "send_igen",
    "tag_imod",
    "traek_tilbage",
]
