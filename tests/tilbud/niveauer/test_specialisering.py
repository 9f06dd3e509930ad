from collections.abc import Sequence
from decimal import Decimal
from uuid import uuid4

from tilbud.niveauer.specialisering import Gruppepunkt, Indplacering, Niveausnit, gruppepunkter, niveausnit


def tilbud(niveau: int | None, pladser: int, viden: int, maalgrupper: Sequence[str]) -> Indplacering:
    return Indplacering(uuid4(), "Tilbud", "Herlev", "Herlev Kommune", niveau, None, "", pladser, viden, maalgrupper)


LILLE = tilbud(1, 6, 8, ["Døvblindhed"])
STORT = tilbud(3, 40, 2, ["Autisme", "Døvblindhed"])
UDEN = tilbud(None, 10, 5, ["Autisme"])


def test_group_has_its_places_on_all_levels_and_the_knowledge_of_each() -> None:
    assert gruppepunkter([LILLE, STORT, UDEN], LILLE.tilbud) == [
        Gruppepunkt("Autisme", 3, 50, 1, Decimal(2)),
        Gruppepunkt("Døvblindhed", 1, 46, 1, Decimal(8), fremhaevet=True),
        Gruppepunkt("Døvblindhed", 3, 46, 1, Decimal(2)),
    ]


def test_groups_of_one_size_stand_in_danish_order() -> None:
    punkter = gruppepunkter([tilbud(1, 6, 2, ["Ångst", "Ørelidelse", "autisme", "Ængstelse", "Blindhed"])])
    assert [punkt.maalgruppe for punkt in punkter] == ["autisme", "Blindhed", "Ængstelse", "Ørelidelse", "Ångst"]


def test_level_is_the_mean_of_its_groups() -> None:
    assert niveausnit(gruppepunkter([LILLE, STORT, UDEN])) == [
        Niveausnit(1, 1, Decimal(46), Decimal(8)),
        Niveausnit(3, 2, Decimal(48), Decimal(2)),
    ]
    assert niveausnit([]) == []
