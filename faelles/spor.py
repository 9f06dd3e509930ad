"""The change log: which tables keep their history, whose history each row is, and the one way to read, silence and prune it.

A model is followed with `@foelges("<SQL>")`: triggers of django-pghistory then write every change into a table of its own
(`…event`), with the sender (faelles.afsender) as JSON in `pgh_context`. Without a sender the change itself is refused.

`vedroerer` is the organisations the change concerns, decided when it happens: what `@foelges` answers for the row, and the
organisation that acted. Row-level security shows a row to the administration of exactly those (faelles.rls.logsikkerhed).
Where it is a matter of who was a party of a case that day, it is decided again when that turns out otherwise (`afgoer_igen`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self, TypeVar, cast

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import F
from pghistory.models import Event
from pghistory.utils import JSONField

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet, saet_database_aktoer, som_systemet

M = TypeVar("M", bound=models.Model)

IGEN = "whom a change concerned is not for the one who learns it to see"
OPRETTET, AENDRET, SLETTET = "insert", "update", "delete"
HANDLING_NAVN = {OPRETTET: "Oprettet", AENDRET: "Ændret", SLETTET: "Slettet"}


class LogQuerySet(ScopedQuerySet[M]):
    """Rows of a log: for the administration of the organisations they concern."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.ADMINISTRATION:
            return self.none()
        return self.filter(vedroerer__contains=[aktoer.organisation_id])


class Spor(Event):
    """What every history table has besides the columns it follows and `pgh_obj`, the thing itself.

    `pgh_context` is the sender; without one the row, and with it the change, is refused.
    """

    pgh_context = JSONField()
    vedroerer = ArrayField(models.UUIDField(), editable=False)
    pgh_obj_id: Any

    objects = LogQuerySet["Spor"].as_manager()  # type: ignore[assignment,misc]  # scoped, unlike the library's own

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Slags:
    """A kind of thing whose changes are followed.

    `navn` is the field that tells people which one it is ("" when none does); a relation tells it by what it points at. `skjulte` are columns nobody is
    shown; `kun_tilfoejes` says that a thing never changes once it is there; `bevares` keeps the history as long as the
    database, because something lasting is explained by it; `laeses` says that seeing one is written into the read log.
    `sagen` is the relation to the case whose parties that day a change concerns ("" where it concerns the same for ever).
    """

    model: type[models.Model]
    spor: type[Spor]
    navn: str
    skjulte: frozenset[str]
    kun_tilfoejes: bool
    bevares: bool
    laeses: bool
    sagen: str

    @property
    def noegle(self) -> str:
        """What it is called in addresses, filters and the read log."""
        return str(self.model._meta.model_name)

    @property
    def navngiver_sig_selv(self) -> bool:
        """Whether its own column tells which one it is."""
        return bool(self.navn) and not self.model._meta.get_field(self.navn).is_relation


_slags: dict[str, Slags] = {}


def slags() -> list[Slags]:
    """Everything that is followed, in the order of its key."""
    return [_slags[noegle] for noegle in sorted(_slags)]


def slags_for(noegle: str) -> Slags | None:
    """The kind with the key."""
    return _slags.get(noegle)


def historik(model: type[models.Model]) -> Any:
    """The history table of a followed model. Raises KeyError for one that is not."""
    return _slags[str(model._meta.model_name)].spor


def synlige_spor(aktoer: Aktoer) -> "list[tuple[Slags, LogQuerySet[Any]]]":
    """The history of every kind as the actor may see it; the database is told once who asks."""
    saet_database_aktoer(aktoer)
    return [(en, en.spor.objects.all().aabnet_for(aktoer)) for en in slags()]


def foelges(
    vedroerer: str,
    *,
    navn: str = "",
    undtagen: Sequence[str] = (),
    skjulte: Iterable[str] = (),
    kun_tilfoejes: bool = False,
    bevares: bool = False,
    laeses: bool = False,
    sagen: str = "",
) -> Callable[[type[M]], type[M]]:
    """Follow a model. `vedroerer` is SQL that gives the ids of the organisations a change concerns; NEW is the history row.

    `undtagen` are columns that are not kept at all: secrets, and what is made from other columns. A table that may only
    grow (`kun_tilfoejes`) has no other events than insertions. For the rest see Slags. docs/saadan/ny-migration.md.
    """

    def foelg(model: type[M]) -> type[M]:
        haendelser: list[Any] = [pghistory.InsertEvent()]
        if not kun_tilfoejes:
            haendelser += [pghistory.UpdateEvent(), pghistory.DeleteEvent()]
        spor = pghistory.create_event_model(
            model,
            *haendelser,
            exclude=list(undtagen),
            level=pghistory.Statement,
            append_only=True,
            base_model=Spor,
            model_name=f"{model.__name__}Event",
            abstract=False,
            obj_field=pghistory.ObjForeignKey(related_name="events", db_index=True),
            context_field=None,  # type: ignore[arg-type]  # documented, not declared; Spor has it
            meta={
                "verbose_name": f"ændring af {model._meta.verbose_name}",
                "triggers": [_vedroerer(vedroerer, igen=bool(sagen))],
                "indexes": _indekser(str(model._meta.model_name)[:20], sagen),
            },
        )
        _slags[str(model._meta.model_name)] = Slags(
            model, cast("type[Spor]", spor), navn, frozenset(skjulte), kun_tilfoejes, bevares, laeses, sagen
        )
        return model

    return foelg


def _indekser(kort: str, sagen: str) -> list[models.Index]:
    """For the log's two questions, the newest and those of one organisation; and that of `afgoer_igen`, where it needs one."""
    fundne = [
        models.Index(fields=["pgh_created_at", "pgh_id"], name=f"{kort}_spor_tid"),
        GinIndex(fields=["vedroerer"], name=f"{kort}_spor_hvem"),
    ]
    if sagen not in {"", "pgh_obj"}:  # the thing itself has an index already
        fundne.append(models.Index(fields=[sagen], name=f"{kort}_spor_sag"))
    return fundne


_IGEN: pgtrigger.Operation = pgtrigger.UpdateOf("vedroerer")  # type: ignore[no-untyped-call]  # the library's


def _vedroerer(sql: str, *, igen: bool) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="vedroerer",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | _IGEN if igen else pgtrigger.Insert,
        func=(  # the SQL is our own models', never anybody's input
            f"NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM ({sql} UNION ALL"  # noqa: S608 - as above
            " VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL);"
            " RETURN NEW;"
        ),
    )


def afgoer_igen(sag: models.Model) -> None:
    """Decide again whom the changes of a case concern: for the action by which it turns out who was a party when."""
    with som_systemet(IGEN):
        for en in slags():
            if en.sagen and en.spor._meta.get_field(en.sagen).related_model is type(sag):
                with maa_rettes(en.spor):
                    om_sagen = en.spor.objects.for_systemet(IGEN).filter(**{en.sagen: sag.pk})
                    om_sagen.update(vedroerer=F("vedroerer"))  # the table's own trigger answers


@contextmanager
def uden_historik(*modeller: type[models.Model]) -> Iterator[None]:
    """Insert generated rows without history. For demo data alone: everything else has a sender and a history."""
    with pgtrigger.ignore(*(f"{model._meta.label}:{OPRETTET}_insert" for model in modeller)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")  # the library tells the database along with a statement, and COPY is none
        yield


@contextmanager
def maa_rettes(tabel: type[models.Model], trigger: str = "append_only") -> Iterator[None]:
    """Let rows of a log be changed or deleted: for retention and anonymisation, which are the system's own and leave a trace."""
    with pgtrigger.ignore(f"{tabel._meta.label}:{trigger}"):
        yield
