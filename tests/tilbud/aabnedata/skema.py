"""The demands of Open Referral's HSDS 3.1 on what we give, as a JSON Schema of our own.

Written from the facts of the standard (docs.openreferral.org/en/3.1, read in the repository openreferral/specification): which
properties an object has, their types and formats, what is required and the closed lists. None of its text is copied. Held field
by field against the standard's own compiled schema of a service (docs/datakilder.md). Objects are closed here, though the standard
leaves them open: a key that is not the standard's is a misspelling. What it calls deprecated is left out, so that we never give it.
"""

from collections.abc import Mapping
from typing import Any

Skema = dict[str, Any]

TEKST, TAL, UUID = {"type": "string"}, {"type": "number"}, {"type": "string", "format": "uuid"}
URI, EMAIL = {"type": "string", "format": "uri"}, {"type": "string", "format": "email"}
TIDSPUNKT = {"type": "string", "format": "date-time"}


def _objekt(kraevet: str, /, **felter: Skema) -> Skema:
    return {"type": "object", "required": kraevet.split(), "properties": felter, "additionalProperties": False}


def _liste(hvad: str) -> Skema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{hvad}"}}


def _en(hvad: str) -> Skema:
    return {"$ref": f"#/$defs/{hvad}"}


def _andre(*navne: str) -> dict[str, Skema]:
    """Lists of the standard's objects that we do not give; each has an id."""
    return {navn: {"type": "array", "items": {"type": "object", "required": ["id"]}} for navn in navne}


def _en_af(*ord_: str) -> Skema:
    return {"type": "string", "enum": list(ord_)}


STEDER = _en_af("physical", "postal", "virtual")
DEFS: Mapping[str, Skema] = {
    "organization": _objekt(
        "id name description",
        id=UUID, name=TEKST, alternate_name=TEKST, description=TEKST, email=EMAIL, website=URI, year_incorporated=TAL,
        legal_status=TEKST, logo=TEKST, uri=URI, parent_organization_id=UUID,
        organization_identifiers=_liste("organization_identifier"), phones=_liste("phone"), locations=_liste("location"),
        attributes=_liste("attribute"), **_andre("additional_websites", "funding", "contacts", "programs", "metadata"),
    ),
    "organization_identifier": _objekt(
        "id identifier_type identifier",
        id=UUID, organization_id=UUID, identifier_scheme=TEKST, identifier_type=TEKST, identifier=TEKST,
        attributes=_liste("attribute"), **_andre("metadata"),
    ),
    "phone": _objekt(
        "id number", id=UUID, location_id=UUID, service_id=UUID, organization_id=UUID, contact_id=UUID,
        service_at_location_id=UUID, number=TEKST, extension=TAL, type=TEKST, description=TEKST,
        attributes=_liste("attribute"), **_andre("languages", "metadata"),
    ),
    "service_at_location": _objekt(
        "id", id=UUID, service_id=UUID, location_id=UUID, description=TEKST, location=_en("location"), phones=_liste("phone"),
        attributes=_liste("attribute"), **_andre("contacts", "schedules", "service_areas", "metadata"),
    ),
    "location": _objekt(
        "id location_type",
        id=UUID, location_type=STEDER, url=URI, organization_id=UUID, name=TEKST, alternate_name=TEKST, description=TEKST,
        transportation=TEKST, latitude=TAL, longitude=TAL, external_identifier=TEKST, external_identifier_type=TEKST,
        addresses=_liste("address"), phones=_liste("phone"), attributes=_liste("attribute"),
        **_andre("languages", "contacts", "accessibility", "schedules", "metadata"),
    ),
    "address": _objekt(
        "id address_1 city state_province postal_code country address_type",
        id=UUID, location_id=UUID, attention=TEKST, address_1=TEKST, address_2=TEKST, city=TEKST, region=TEKST,
        state_province=TEKST, postal_code=TEKST, country={"type": "string", "pattern": "^[A-Z]{2}$"}, address_type=STEDER,
        attributes=_liste("attribute"), **_andre("metadata"),
    ),
    "attribute": _objekt(
        "id", id=UUID, link_id=UUID, taxonomy_term_id=UUID, link_type=TEKST, link_entity=TEKST, value=TEKST, label=TEKST,
        taxonomy_term=_en("taxonomy_term"), **_andre("metadata"),
    ),
    "taxonomy_term": _objekt(
        "id name description", id=UUID, code=TEKST, name=TEKST, description=TEKST, parent_id=UUID, taxonomy=TEKST,
        taxonomy_detail={"type": "object", "required": ["id", "name", "description"]}, language=TEKST, taxonomy_id=UUID,
        term_uri=URI, **_andre("metadata"),
    ),
    "service": _objekt(
        "id name status",
        id=UUID, organization_id=UUID, program_id=UUID, name=TEKST, alternate_name=TEKST, description=TEKST, url=URI, email=EMAIL,
        status=_en_af("active", "inactive", "defunct", "temporarily closed"), interpretation_services=TEKST,
        application_process=TEKST, fees_description=TEKST, accreditations=TEKST, eligibility_description=TEKST, minimum_age=TAL,
        maximum_age=TAL, assured_date=TEKST, assurer_email=EMAIL, alert=TEKST, last_modified=TIDSPUNKT,
        organization=_en("organization"), phones=_liste("phone"), service_at_locations=_liste("service_at_location"),
        program={"type": "object", "required": ["id", "name", "description"]}, attributes=_liste("attribute"),
        **_andre(
            "additional_urls", "schedules", "service_areas", "languages", "funding", "cost_options", "required_documents",
            "contacts", "metadata",
        ),
    ),
}  # fmt: skip
# What there can be several of stands in the full form only.
FLERTAL = {"phones", "service_at_locations", "attributes", "organization_identifiers", "locations", "addresses"}

_HELTAL, _JA_NEJ = {"type": "integer", "minimum": 0}, {"type": "boolean"}
SERVICE: Skema = {**_en("service"), "$defs": DEFS}
SIDE: Skema = {
    "$defs": DEFS,
    **_objekt(
        "total_items total_pages page_number size first_page last_page empty contents",
        total_items=_HELTAL, total_pages=_HELTAL, page_number=_HELTAL, size=_HELTAL, first_page=_JA_NEJ, last_page=_JA_NEJ,
        empty=_JA_NEJ, contents=_liste("service"),
    ),
}  # fmt: skip
OM: Skema = _objekt(
    "version profile openapi_url",
    version={"const": "3.1"}, profile=URI, openapi_url=URI, description=TEKST,
    publisher=_objekt("name", name=TEKST, identifier=TEKST, email=EMAIL, website=URI),
)  # fmt: skip
