"""Which takst is shown beside a department."""

import pytest

from takster.models.takst import Takstenhed
from takster.queries import takster_paa
from tests import fabrik

pytestmark = pytest.mark.django_db


def test_takst_per_doegn_is_shown_before_a_cheaper_one_per_dag() -> None:
    afdeling = fabrik.afdeling()
    fabrik.takst(afdeling, "2687.00", kode="SEL-107")
    fabrik.takst(afdeling, "900.00", kode="SEL-104", enhed=Takstenhed.DAG)
    vist = takster_paa([afdeling.pk], fabrik.om(0))[afdeling.pk]
    assert (str(vist.beloeb), vist.enhed, vist.flere) == ("2687.00", Takstenhed.DOEGN, True)


def test_lowest_of_several_takster_per_doegn_is_shown() -> None:
    afdeling = fabrik.afdeling()
    fabrik.takst(afdeling, "2687.00", kode="SEL-107")
    fabrik.takst(afdeling, "2500.00", kode="SEL-108")
    assert str(takster_paa([afdeling.pk], fabrik.om(0))[afdeling.pk].beloeb) == "2500.00"
