"""Strong ETags (RFC 9110): a client that has the newest is told so without a body, and changes only what it has seen."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from faelles.fejl import AendretImens, ForudsaetningMangler
from faelles.sider import liste_side

Sagt = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def etag(data: Sagt) -> str:
    """The tag of what a resource says."""
    raa = json.dumps(data, sort_keys=True, cls=JSONEncoder)
    return f'"{hashlib.sha256(raa.encode()).hexdigest()[:32]}"'


def med_etag(request: Request, data: Mapping[str, Any]) -> Response:
    """200 with the tag, or 304 when the client's If-None-Match names it."""
    return _maerket(request, Response(data), etag(data))


def liste_med_etag(
    request: Request, raekker: Sequence[Any], noegle: Callable[[Any], str], vis: Callable[[Any], Mapping[str, Any]]
) -> Response:
    """As `liste_side`, with the tag of the whole list on every page of it: what is added to it counts instead of what was there."""
    return _maerket(request, liste_side(request, raekker, noegle, vis), etag([vis(raekke) for raekke in raekker]))


def _maerket(request: Request, svar: Response, tag: str) -> Response:
    kendte = parse_etags(request.headers.get("If-None-Match", ""))
    if tag in kendte or "*" in kendte:
        return Response(status=304, headers={"ETag": tag})
    svar["ETag"] = tag
    return svar


def rettet(data: Mapping[str, Any]) -> Response:
    """200 with the tag of what the resource says after a change, so that the client can change it again."""
    return Response(data, headers={"ETag": etag(data)})


def kraev_set(request: Request, data: Sagt) -> None:
    """Refuse to change what the client has not seen as it is. To be called under the lock the change is made under.

    Raises ForudsaetningMangler without If-Match (RFC 6585), AendretImens when it names another tag. `*` is not taken: it
    says only that something is there.
    """
    kendte = parse_etags(request.headers.get("If-Match", ""))
    if not kendte or kendte == ["*"]:
        raise ForudsaetningMangler
    if etag(data) not in kendte:
        raise AendretImens
