"""What the pages of an import of budgets and of accounts share: the file and its dry run, and storing what was shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from kommuner.middleware import AktoerRequest
from takster.skemaark import Proeve, Skema
from tilbud.registerimport.forms import FilForm

GAELDER_SEKUNDER = 3600
FLEST_VISTE = 100


class Raekke(Protocol):
    """What a row of the file would store."""

    def som_json(self) -> dict[str, Any]:
        """Ready to be signed."""


R = TypeVar("R", bound=Raekke)


@dataclass(frozen=True, slots=True)
class Importside(Generic[R]):
    """What is imported, the pages of it by name (`hent` gives the workbook to fill in, `modtag` stores), and the use cases behind them: `proev` as `proev_fil`, `gem` as `indlaes`, `af_json` of a row."""

    skema: Skema
    rute: str
    liste: str
    hent: str
    modtag: str
    skabelon: str
    proev: Callable[..., Proeve[R]]
    gem: Callable[..., Sequence[object]]
    af_json: Callable[[Mapping[str, Any]], R]

    def vis(self, request: AktoerRequest, sti: Sequence[Mapping[str, str]]) -> HttpResponse:
        """Take a file and show its dry run on the same page; nothing is stored by it."""
        form = FilForm(request.POST, request.FILES) if request.method == "POST" else FilForm()
        proeve: Proeve[R] | None = None
        if form.is_valid():
            modtaget = form.cleaned_data["fil"]
            try:
                proeve = self.proev(aktoer=request.aktoer, fil=modtaget.read(), filnavn=modtaget.name)
            except UgyldigtInput as fejl:
                tilfoej_fejl(form, fejl)
        kontekst: dict[str, Any] = {
            "form": form,
            "proeve": proeve,
            "sti": sti,
            "hvad": self.skema.ark.lower(),
            **{f"{navn}_url": reverse(getattr(self, navn)) for navn in ("hent", "modtag", "liste")},
        }
        if proeve is not None and proeve.fejl:
            kontekst["viste_fejl"] = proeve.fejl[:FLEST_VISTE]
        elif proeve is not None:
            raekker = [raekke.som_json() for raekke in proeve.raekker]
            kontekst["indhold"] = signing.dumps(raekker, salt=self._salt(request.aktoer), compress=True)
        fejlet = bool(form.errors or (proeve and proeve.fejl))
        return render(request, self.skabelon, kontekst, status=422 if fejlet else 200)

    def indlaes(self, request: AktoerRequest) -> HttpResponse:
        """Store what the dry run showed: signed by us for this person and this kind of file, and for an hour."""
        try:
            data = signing.loads(
                request.POST.get("indhold", ""), salt=self._salt(request.aktoer), max_age=GAELDER_SEKUNDER
            )
            gemte = self.gem(aktoer=request.aktoer, raekker=[self.af_json(raekke) for raekke in data])
        except signing.BadSignature:
            messages.error(request, "Prøven er for gammel. Intet er gemt; vælg filen igen.")
            return redirect(self.rute)
        except (Konflikt, UgyldigtInput) as fejl:
            messages.error(request, f"{fejl.besked} Intet er gemt.")
            return redirect(self.rute)
        antal = len(gemte)
        hvad = self.skema.en if antal == 1 else self.skema.ark.lower()
        messages.success(request, f"{antal} {hvad} er indlæst.")
        return redirect(self.liste)

    def _salt(self, aktoer: Aktoer) -> str:
        return f"{self.rute}:{aktoer.identitet}"
