"""Where files lie: what an address means, what stops the start, and who may read a file on the disk."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

from faelles.lager import Mappe, laes_lager


def test_path_is_a_directory_of_our_own() -> None:
    assert laes_lager("RAPPORTLAGER", "/var/lib/rapporter") == {
        "BACKEND": "faelles.lager.Mappe",
        "OPTIONS": {"location": "/var/lib/rapporter"},
    }


def test_address_of_s3_names_bucket_prefix_endpoint_and_region_and_never_overwrites() -> None:
    assert laes_lager("RAPPORTLAGER", "s3://spand/a/b/?endpoint=https://s3.example.dk:9000&region=eu-north-1") == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "spand",
            "location": "a/b",
            "default_acl": None,
            "file_overwrite": False,
            "endpoint_url": "https://s3.example.dk:9000",
            "region_name": "eu-north-1",
        },
    }


@pytest.mark.parametrize(
    "adresse",
    ["", "rapporter", "https://spand", "s3:///praefiks", "s3://noegle:hemmelig@spand/a", "s3://spand?acl=public-read"],
)
def test_any_other_address_stops_the_start_and_is_not_repeated(adresse: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^RAPPORTLAGER skal være") as fejl:
        laes_lager("RAPPORTLAGER", adresse)
    assert not adresse or adresse not in str(fejl.value)


def test_file_is_for_the_platforms_own_user_alone(tmp_path: Path) -> None:
    lager = Mappe(str(tmp_path / "rapporter"))
    navn = lager.save("a.pdf", ContentFile(b"%PDF"))
    assert stat.S_IMODE(Path(lager.path(navn)).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "rapporter").stat().st_mode) == 0o700
    assert lager.save("a.pdf", ContentFile(b"%PDF 2")) != navn
    assert lager.open(navn).read() == b"%PDF"
