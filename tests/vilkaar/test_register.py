"""The register of terms itself: every key an agreement must hold, each typed and bounded, with where it comes from and who may change it."""

import re

import pytest

from faelles.fejl import UgyldigtInput
from vilkaar.beskrivelse import Aendrer, Noegletype
from vilkaar.noegler import NOEGLER, Noegle

# Every agreement must hold these (domain/rules-takst § 8) …
SKAL = (
    "belaegning_metode", "belaegning_min", "belaegning_maks", "belaegning_min_kort", "overhead_metode",
    "overhead_procent", "dagsbasis", "dagsbasis_dagtilbud", "efterregulering_taerskel_procent",
    "efterregulering_grundlag", "efterregulering_metode", "efterregulering_aarsforskydning", "hensaettelse_aar",
    "underskud_regel", "afrunding", "vaekstloft", "takst_frist", "midtaarsaendring", "deltidsfaktorer",
    "foerste_dag_taeller", "sidste_dag_taeller", "opsigelsesvarsel", "fravaersregler", "reservation_varighed",
    "reservation_betales", "svarfrist", "bekraeftelse_forfald_dage", "bekraeftelse_foraeldet_dage", "lukning_noegle",
    "lukning_aar", "lukning_varsel", "garanti_andel_procent", "garanti_maks_aar", "garanti_noegle",
    "indsigelse_frist", "krav_frist_private", "diskretion_graense",
)  # fmt: skip
# … three of them under the names of what they are here: the deadline of an enquiry, the notice of either side, and what absence costs.
HEDDER = {
    "svarfrist": {Noegle.FORESPOERGSEL_SVARFRIST},
    "opsigelsesvarsel": {Noegle.OPSIGELSE_VARSEL_KOMMUNE, Noegle.OPSIGELSE_VARSEL_TILBUD},
    "fravaersregler": {Noegle.FRAVAER_PROCENT},
}


def test_register_has_every_key_an_agreement_must_hold() -> None:
    assert len(set(SKAL)) == 37
    assert {noegle for en in SKAL for noegle in HEDDER.get(en, {en})} <= {noegle.value for noegle in NOEGLER}
    assert NOEGLER[Noegle.EFTERREGULERING_METODE].valg == ("overskydende", "alt", "hensaettelse")


@pytest.mark.parametrize("noegle", Noegle)
def test_every_key_is_named_typed_and_bounded_and_says_where_from_and_who_may_change_it(noegle: Noegle) -> None:
    hvad = NOEGLER[noegle]
    assert all((hvad.navn, hvad.klausul, hvad.kilde, hvad.krav, Aendrer(hvad.aendres_af).navn))
    match hvad.type:
        case Noegletype.TAL | Noegletype.TABEL:
            assert hvad.mindst is not None
            assert hvad.hoejst is not None
            assert hvad.mindst < hvad.hoejst
            foer = f"{hvad.raekker[0]}=" if hvad.raekker else ""
            for tal in (hvad.mindst, hvad.hoejst):
                hvad.kraev_form(noegle, f"{foer}{tal}")
            for tal in (hvad.mindst - 1, hvad.hoejst + 1):
                with pytest.raises(UgyldigtInput, match=f"skal ligge fra {hvad.mindst} til {hvad.hoejst}"):
                    hvad.kraev_form(noegle, f"{foer}{tal}")
        case Noegletype.ORD:
            assert len(set(hvad.valg)) > 1
        case Noegletype.KODETABEL:
            assert hvad.kodeliste


@pytest.mark.parametrize("noegle", Noegle)
def test_source_is_one_a_reader_can_find_and_not_a_file_of_ours(noegle: Noegle) -> None:
    assert not re.search(r"rules-|(krav|behov) nr\.|platform", NOEGLER[noegle].kilde)
