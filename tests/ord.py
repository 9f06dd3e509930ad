"""Finds English words in what people are shown: texts, and the attributes that are read aloud or seen as labels."""

import re
from html.parser import HTMLParser

_VIST = {
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "title",
    "alt",
    "placeholder",
    "data-genvej-navn",
    "data-annoncer",
    "label",
}
_TAVSE = {"script", "style", "code", "kbd"}  # <kbd> names a key as it is printed on the keyboard
_KNAPPER = {"button", "submit", "reset"}
# What is no text: addresses, and keys and ids in hexadecimal, in which "add" is no word.
_ADRESSE = re.compile(r"\S+@\S+|https?://\S+|\b[0-9a-f]{16,}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_ORD = re.compile(r"[^\W\d_]+")

# Words of interfaces and their messages. Words spelt alike in Danish are left out: for, problem, status, plan, start, log, was …
ENGELSKE = frozenset(
    [
        "about",
        "accept",
        "account",
        "add",
        "address",
        "after",
        "again",
        "all",
        "allowed",
        "already",
        "also",
        "and",
        "any",
        "approve",
        "approved",
        "archive",
        "are",
        "available",
        "back",
        "because",
        "been",
        "before",
        "below",
        "between",
        "button",
        "cancel",
        "cannot",
        "change",
        "changed",
        "check",
        "choose",
        "clear",
        "click",
        "close",
        "closed",
        "confirm",
        "confirmed",
        "contain",
        "contains",
        "contents",
        "continue",
        "correct",
        "could",
        "create",
        "created",
        "current",
        "date",
        "day",
        "decline",
        "default",
        "delete",
        "deleted",
        "details",
        "dismiss",
        "does",
        "done",
        "download",
        "edit",
        "email",
        "emails",
        "empty",
        "ensure",
        "enter",
        "error",
        "errors",
        "every",
        "example",
        "exceeded",
        "exist",
        "exists",
        "expired",
        "failed",
        "field",
        "fields",
        "file",
        "first",
        "following",
        "forbidden",
        "forgot",
        "found",
        "from",
        "go",
        "has",
        "help",
        "here",
        "hide",
        "home",
        "hour",
        "hours",
        "how",
        "if",
        "incorrect",
        "invalid",
        "item",
        "items",
        "its",
        "language",
        "least",
        "length",
        "less",
        "list",
        "loading",
        "login",
        "logged",
        "logout",
        "long",
        "longer",
        "make",
        "match",
        "matches",
        "may",
        "method",
        "minute",
        "minutes",
        "missing",
        "month",
        "more",
        "must",
        "name",
        "need",
        "needed",
        "new",
        "next",
        "none",
        "not",
        "nothing",
        "number",
        "occurred",
        "of",
        "off",
        "old",
        "once",
        "only",
        "open",
        "or",
        "order",
        "other",
        "our",
        "out",
        "overview",
        "owner",
        "page",
        "pages",
        "password",
        "passwords",
        "pending",
        "please",
        "previous",
        "primary",
        "profile",
        "provide",
        "provided",
        "read",
        "ready",
        "received",
        "reject",
        "remember",
        "remove",
        "request",
        "requested",
        "required",
        "reset",
        "result",
        "results",
        "retry",
        "return",
        "same",
        "save",
        "saved",
        "search",
        "secure",
        "see",
        "select",
        "selected",
        "sent",
        "session",
        "settings",
        "should",
        "show",
        "sign",
        "signed",
        "similar",
        "similarity",
        "size",
        "skip",
        "something",
        "sorry",
        "sort",
        "submit",
        "success",
        "successfully",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "time",
        "today",
        "too",
        "try",
        "two",
        "unable",
        "unauthorized",
        "unavailable",
        "unknown",
        "until",
        "unverified",
        "update",
        "updated",
        "use",
        "used",
        "user",
        "username",
        "users",
        "valid",
        "value",
        "values",
        "verification",
        "verified",
        "verify",
        "view",
        "wait",
        "we",
        "week",
        "welcome",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "without",
        "would",
        "wrong",
        "year",
        "yes",
        "you",
        "your",
    ]
)


class _Laeser(HTMLParser):
    """Collects the pieces of text a page shows or says."""

    def __init__(self) -> None:
        super().__init__()
        self.stykker: list[str] = []
        self._tavs = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tavs += tag in _TAVSE
        alle = dict(attrs)
        vist = [vaerdi for navn, vaerdi in attrs if navn in _VIST]
        if tag == "input" and alle.get("type") in _KNAPPER:
            vist.append(alle.get("value"))
        if tag == "meta" and alle.get("name") == "description":
            vist.append(alle.get("content"))
        self.stykker += [vaerdi for vaerdi in vist if vaerdi]

    def handle_endtag(self, tag: str) -> None:
        self._tavs -= tag in _TAVSE

    def handle_data(self, data: str) -> None:
        if not self._tavs:
            self.stykker.append(data)


def vist_tekst(html: str) -> list[str]:
    """Every piece of text the page shows or says."""
    laeser = _Laeser()
    laeser.feed(html)
    laeser.close()
    return [rent for stykke in laeser.stykker if (rent := " ".join(stykke.split()))]


def engelsk(stykker: list[str], tilladt: frozenset[str] = frozenset()) -> dict[str, str]:
    """English word → the piece it stands in."""
    forbudte = ENGELSKE - tilladt
    return {
        ordet: stykke
        for stykke in stykker
        for ordet in _ORD.findall(_ADRESSE.sub(" ", stykke.lower()))
        if ordet in forbudte
    }


_KODE = re.compile(r"{%\s*comment.*?%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
_MAERKER = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)


def skabelontekst(kilde: str) -> list[str]:
    """What a template itself says, whichever branch is taken. Literals in its tags (`with tekst="…"`) are said too."""
    uden = _KODE.sub("", kilde)
    i_maerker = [
        ord_
        for maerke in re.findall(r"with (.*?)%}", uden)
        for ord_ in re.findall(r'(?:tekst|overskrift|grund|titel)="([^"]*)"', maerke)
    ]
    return vist_tekst(_MAERKER.sub(" ", uden)) + i_maerker
