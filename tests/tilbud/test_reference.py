"""Target groups and legal bases as shipped."""

from datetime import date
from uuid import UUID

import pytest

from tilbud import reference
from tilbud.models import Hjemmel, Maalgruppe

pytestmark = pytest.mark.django_db

AUTISME = UUID("9b3fd322-a75a-4ed8-9b74-425fa1e01c95")


def test_indlaes_twice_gives_the_same() -> None:
    foerste = reference.indlaes()
    alle = set(Maalgruppe.objects.values_list("pk", "term", "overordnet", "valgbar"))
    assert foerste == {"målgrupper der kan vælges": 45, "ydelsestyper": 43, "hjemler": 39}
    assert reference.indlaes() == foerste
    assert set(Maalgruppe.objects.values_list("pk", "term", "overordnet", "valgbar")) == alle


def test_only_target_groups_can_be_chosen_and_each_has_its_way_to_the_top() -> None:
    reference.indlaes()
    autisme = Maalgruppe.objects.get(pk=AUTISME)
    assert (autisme.term, autisme.valgbar) == ("Autismespektrum", True)
    for gruppe in Maalgruppe.objects.filter(valgbar=True):
        oeverst = gruppe
        while oeverst.overordnet is not None:
            oeverst = oeverst.overordnet
        assert oeverst.term == gruppe.gren
    assert not Maalgruppe.objects.filter(term="Længerevarende ophold").exists()  # a service, not a group of people


def test_old_codes_end_where_barnets_lov_begins_and_name_what_follows() -> None:
    reference.indlaes()
    gamle = Hjemmel.objects.filter(navn__contains="før barnets lov")
    assert {hjemmel.kode: hjemmel.erstattes_af_id for hjemmel in gamle} == {
        "SEL-32": "BL-83",
        "SEL-36": "BL-84",
        "SEL-52": "BL-32",
        "SEL-66": "BL-43",
        "SEL-76": "BL-108",
        "SEL-76a": "BL-108",
    }
    skift = date(2024, 1, 1)
    for hjemmel in gamle.select_related("erstattes_af"):
        assert hjemmel.periode is not None
        assert hjemmel.erstattes_af is not None
        assert hjemmel.erstattes_af.periode is not None
        assert hjemmel.periode.upper == hjemmel.erstattes_af.periode.lower == skift


def test_code_keeps_the_version_of_the_law_it_is_of_and_none_is_guessed() -> None:
    reference.indlaes()
    udgaver = dict(Hjemmel.objects.values_list("pk", "lovudgave"))
    assert udgaver["SEL-66"] == "Lovbekendtgørelse nr. 170 af 24. januar 2022"
    assert udgaver["BL-43"] == "Lov nr. 721 af 13. juni 2023"
    assert udgaver["BL-33"] == "Lovbekendtgørelse nr. 890 af 19. juni 2024"
    assert {udgaver[kode] for kode in ("SEL-107", "SEL-108a", "PLB")} == {""}
