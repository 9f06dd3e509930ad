"""A form as somebody opened it: what its page sends along, so that what another has changed since is seen."""

import re
from html import unescape

from django.test import Client


def aabnet(client: Client, adresse: str) -> dict[str, str]:
    """What the form at the address sends of what it was opened with (`rammeaftale.samtidig`)."""
    (maerker,) = re.findall(r'name="aabnet" value="([^"]*)"', client.get(adresse).content.decode())
    return {"aabnet": unescape(maerker)}
