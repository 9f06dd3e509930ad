"""What a page showed, read back out of it as its form would send it."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from faelles.tid import nu
from tilbud.bekraeftelser.queries import vises
from tilbud.models import Afdeling


def set_som_nu(afdeling: Afdeling) -> Mapping[UUID, str]:
    """A department as its operator sees it at this moment."""
    return {afdeling.pk: vises({afdeling.pk: afdeling.tilbud_id}, nu())[afdeling.pk].tryk}


def vist(svar: Any) -> dict[str, list[str]]:
    """The hidden fields of the form that confirms."""
    html = svar.content.decode()
    return {navn: re.findall(rf'name="{navn}" value="([^"]+)"', html) for navn in ("viste", "tryk")}
