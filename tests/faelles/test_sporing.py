"""The trace in and out (W3C Trace Context)."""

import re
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from faelles.sporing import SporMiddleware

SPOR = "4bf92f3577b34da6a3ce929d0e0e4736"
FORM = r"00-([0-9a-f]{32})-([0-9a-f]{16})-(\d\d)"


def svar_paa(hoveder: dict[str, str], numre: list[str] | None = None, nummer: str = "") -> "re.Match[str]":
    """The trace of the answer; `numre` gets the number the request came further in with."""

    def view(request: HttpRequest) -> HttpResponse:
        if numre is not None:
            numre.append(request.headers.get("X-Request-Id", ""))
        return HttpResponse(headers={"X-Request-Id": nummer} if nummer else {})

    svar = SporMiddleware(view)(RequestFactory().get("/", headers=hoveder))
    fundet = re.fullmatch(FORM, svar.headers["traceparent"])
    assert fundet
    return fundet


@pytest.mark.parametrize(
    ("hoved", "flag"),
    [
        (f"00-{SPOR}-00f067aa0ba902b7-01", "01"),
        (f"00-{SPOR}-00f067aa0ba902b7-00", "00"),
        (f"cc-{SPOR}-00f067aa0ba902b7-01-what-the-future-says", "01"),
    ],
)
def test_callers_trace_goes_on_with_a_span_of_our_own_and_numbers_the_request(hoved: str, flag: str) -> None:
    numre: list[str] = []
    fundet = svar_paa({"traceparent": hoved}, numre)
    assert (fundet[1], fundet[3]) == (SPOR, flag)
    assert fundet[2] != "00f067aa0ba902b7"
    assert numre == [str(UUID(SPOR))]


def test_callers_own_number_comes_before_its_trace() -> None:
    numre: list[str] = []
    nummer = "0197f3a0-6f1e-7c21-9a40-000000000001"
    svar_paa({"traceparent": f"00-{SPOR}-00f067aa0ba902b7-01", "x-request-id": nummer}, numre)
    assert numre == [nummer]


@pytest.mark.parametrize(
    "hoved",
    [
        "",
        "noget",
        f"ff-{SPOR}-00f067aa0ba902b7-01",
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-{SPOR}-{'0' * 16}-01",
        f"00-{SPOR.upper()}-00f067aa0ba902b7-01",
        f"00-{SPOR}-00f067aa0ba902b7-01-mere",
    ],
)
def test_without_a_usable_trace_one_begins_here(hoved: str) -> None:
    numre: list[str] = []
    foerste, anden = svar_paa({"traceparent": hoved}, numre), svar_paa({})
    assert len({foerste[1], anden[1], SPOR, "0" * 32}) == 4
    assert numre == [""]


def test_trace_that_begins_here_is_the_number_of_the_request() -> None:
    assert svar_paa({}, nummer=str(UUID(SPOR)))[1] == SPOR


@pytest.mark.django_db
@pytest.mark.parametrize("sti", ["/sundhed", "/api/v1/tilbud", "/api/v1/findes-ikke", "/findes-ikke"])
def test_every_answer_has_the_trace(sti: str) -> None:
    svar = Client().get(sti, headers={"traceparent": f"00-{SPOR}-00f067aa0ba902b7-01"})
    assert svar.headers["traceparent"].startswith(f"00-{SPOR}-")
