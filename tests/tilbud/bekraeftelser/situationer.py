"""What a page showed, read back out of it as its form would send it."""

import re
from typing import Any


def vist(svar: Any) -> dict[str, list[str]]:
    """The hidden fields of the form that confirms."""
    html = svar.content.decode()
    return {navn: re.findall(rf'name="{navn}" value="([^"]+)"', html) for navn in ("viste", "tryk")}
