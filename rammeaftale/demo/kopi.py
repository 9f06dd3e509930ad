"""Rows by COPY: several times as fast as INSERT, and checked by the same constraints and triggers."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, GeneratedField, Model


def kopier(raekker: Iterable[Model]) -> int:
    """Write unsaved rows of one model, without reading them into memory all at once; returns how many.

    A key the database counts up itself, and what it makes of other columns, is left to it and not known afterwards.
    """
    tilbage = iter(raekker)
    foerste = next(tilbage, None)
    if foerste is None:
        return 0
    felter = [felt for felt in foerste._meta.concrete_fields if not isinstance(felt, (AutoField, GeneratedField))]
    kolonner = ", ".join(f'"{felt.column}"' for felt in felter)
    antal = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{foerste._meta.db_table}" ({kolonner}) FROM STDIN') as kopi,
    ):
        for raekke in chain([foerste], tilbage):
            kopi.write_row(list(_vaerdier(raekke, felter)))
            antal += 1
    return antal


def _vaerdier(raekke: Model, felter: Sequence["Field[Any, Any]"]) -> Iterator[object]:
    for felt in felter:
        yield felt.get_db_prep_save(felt.pre_save(raekke, add=True), connection)
