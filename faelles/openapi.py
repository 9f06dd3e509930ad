"""How the API describes itself: one shape of error for all, the envelope of lists, and the headers every client meets."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from faelles.aktoer import SCOPES
from faelles.idempotens import HOVED
from faelles.problem import MEDIETYPE


class FejlUd(serializers.Serializer[Any]):
    """One fault and where it is (JSON pointer into the body, or the query parameter)."""

    pointer = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemUd(serializers.Serializer[Any]):
    """RFC 9457 problem details. `code` is stable; `detail` is for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    code = serializers.CharField()
    errors = FejlUd(many=True)  # type: ignore[assignment]  # a field of the answer, not the serializer's own property


class BeloebUd(serializers.Serializer[Any]):
    """Money: a string decimal, never a float."""

    beloeb = serializers.RegexField(r"^-?\d+\.\d{2}$")
    valuta = serializers.ChoiceField(choices=["DKK"])


PROBLEM = {(status, MEDIETYPE): ProblemUd for status in (400, 401, 403, 404)}
KONFLIKT = {(409, MEDIETYPE): ProblemUd}
KUN_SET = {(status, MEDIETYPE): ProblemUd for status in (412, 428)}


def if_match(hvad: str) -> OpenApiParameter:
    """The tag a change must name, of what is called so."""
    beskrivelse = f"Det ETag, {hvad} sidst er hentet med."
    return OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description=beskrivelse)


IF_MATCH = if_match("ressourcen")
GENTAGELSE = OpenApiParameter(
    HOVED,
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="En ny, tilfældig nøgle for hver ny handling. Samme nøgle og krop giver samme svar og gør intet to gange.",
)
SIDER = [
    OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 50}, description="Rækker pr. side."
    ),
    OpenApiParameter("cursor", str, description="Fra `naeste` i det forrige svar."),
    OpenApiParameter("antal", {"type": "string", "enum": ["true"]}, description="Tæl alle rækker med."),
]


def liste(ud: type[serializers.Serializer[Any]]) -> dict[Any, Any]:
    """Responses of a list: the envelope around rows of this kind."""
    konvolut = inline_serializer(
        name=f"{ud.__name__.removesuffix('Ud')}Liste",
        fields={
            "resultater": ud(many=True),
            "naeste": serializers.URLField(allow_null=True, help_text="Næste side, eller null på den sidste."),
            "antal": serializers.IntegerField(required=False),
        },
    )
    return {200: konvolut, **PROBLEM}


def en(ud: type[serializers.Serializer[Any]], *andre: dict[Any, Any], status: int = 200) -> dict[Any, Any]:
    """Responses of a single resource."""
    svar: dict[Any, Any] = {status: ud, **PROBLEM}
    for mere in andre:
        svar |= mere
    return svar


IKKE_AENDRET = {304: OpenApiResponse(description="Uændret siden den ETag, der står i If-None-Match.")}


def soegeord(
    navn: str,
    beskrivelse: str,
    type_: Any = str,
    *,
    kraevet: bool = False,
    flere: bool = False,
    ord_: Sequence[str] | None = None,
) -> OpenApiParameter:
    """A query parameter; `flere` may be repeated and means any of them; `ord_` are the only values there are."""
    return OpenApiParameter(navn, type_, required=kraevet, many=flere, description=beskrivelse, enum=ord_)


class Skema(AutoSchema):
    """Operation ids in the API's own words, and the version header on every answer."""

    def get_operation_id(self) -> str:
        """For instance `hent_tilbud_afdelinger`."""
        ord_ = {"GET": "hent", "POST": "opret", "PUT": "ret", "DELETE": "slet"}[self.method]
        dele = [del_.strip("{}") for del_ in self.path.removeprefix("/api/v1").strip("/").split("/")]
        return "_".join([ord_, *dele]).replace("-", "_").lower()

    def get_tags(self) -> list[str]:
        """Grouped by the first part of the path."""
        return [self.path.removeprefix("/api/v1").strip("/").split("/")[0]]

    def get_override_parameters(self) -> list[Any]:
        """What a GET may ask, and the version header of every response."""
        return [
            *super().get_override_parameters(),
            *(getattr(self.view, "soegeord", ()) if self.method == "GET" else ()),
            OpenApiParameter(
                "API-Version", str, OpenApiParameter.HEADER, response=True, description="Semantisk version."
            ),
        ]


class KlientSikkerhed(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library's registration is untyped
    """OAuth2 client credentials with the scopes of the platform."""

    target_class = "kommuner.oauth.KlientAuthentication"
    name = "klient"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:  # noqa: ARG002 - the library's signature
        """The flow and where tokens come from."""
        return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/o/token/", "scopes": dict(SCOPES)}}}

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        """The right the view names for the method."""
        rettighed = auto_schema.view.kraever.get(auto_schema.method)
        return {self.name: [rettighed.value] if rettighed else []}
