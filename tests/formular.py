"""What a browser would send of a page's form as it stands: read out of the page's HTML, and not out of Django's form."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

_IKKE_SENDT = {"submit", "button", "image", "reset", "file"}


class _Formularer(HTMLParser):
    """The forms of a page, each a list of names and values in the order they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.fundne: list[list[tuple[str, str]]] = []
        self.inde = False
        self.navn: str | None = None  # of the select or textarea that is open
        self.valg: list[tuple[str, bool]] = []
        self.flere = False
        self.tekst: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {navn: vaerdi or "" for navn, vaerdi in attrs}
        if tag == "form":
            self.inde = True
            self.fundne.append([])
        elif self.inde and tag == "input" and a.get("name") and "disabled" not in a:
            slags = a.get("type", "text")
            afkrydset = slags not in {"checkbox", "radio"} or "checked" in a
            if slags not in _IKKE_SENDT and afkrydset:
                self.fundne[-1].append((a["name"], a.get("value", "on" if slags in {"checkbox", "radio"} else "")))
        elif self.inde and tag in {"select", "textarea"} and a.get("name") and "disabled" not in a:
            self.navn, self.valg, self.flere = a["name"], [], "multiple" in a
            self.tekst = "" if tag == "textarea" else None
        elif tag == "option" and self.navn and "disabled" not in a:
            self.valg.append((a["value"], "selected" in a))

    def handle_data(self, data: str) -> None:
        if self.tekst is not None:
            self.tekst += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inde = False
        elif tag == "textarea" and self.navn and self.tekst is not None:
            self.fundne[-1].append((self.navn, self.tekst.removeprefix("\n")))
            self.navn = self.tekst = None
        elif tag == "select" and self.navn:
            valgte = [vaerdi for vaerdi, valgt in self.valg if valgt]
            if not valgte and not self.flere:
                valgte = [vaerdi for vaerdi, _ in self.valg[:1]]
            elif not self.flere:
                valgte = valgte[-1:]
            self.fundne[-1] += [(self.navn, vaerdi) for vaerdi in valgte]
            self.navn = None


def sendt(svar: Any, med: str = "nyt_id") -> dict[str, list[str]]:
    """What the page's one form with the field `med` would send, without a button; each name with all its values."""
    laeser = _Formularer()
    laeser.feed(svar.content.decode())
    (formularen,) = [felter for felter in laeser.fundne if med in dict(felter)]
    data: dict[str, list[str]] = {}
    for navn, vaerdi in formularen:
        data.setdefault(navn, []).append(vaerdi)
    return data


def dato(navn: str, dag: date) -> dict[str, str]:
    """A day as it is typed in the three parts of a date field."""
    return {f"{navn}_dag": str(dag.day), f"{navn}_maaned": str(dag.month), f"{navn}_aar": str(dag.year)}
