"""Where finished files lie: a directory of the platform's own, or a bucket of anything that speaks S3."""

import os
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

S3_INDSTILLINGER = {"endpoint": "endpoint_url", "region": "region_name"}


class Mappe(FileSystemStorage):
    """Files only the platform's own user may read; one that is stored is on the disk, as a committed row is."""

    def __init__(self, location: str) -> None:
        """`location`: the directory, made when the first file is stored."""
        super().__init__(location, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        """Store a file under a name like the one asked for; gives the name."""
        gemt = super().save(name, content, max_length)
        sti = Path(self.path(gemt))
        for skrevet in (sti, sti.parent):  # the file, and that it is in the directory
            nummer = os.open(skrevet, os.O_RDONLY)
            try:
                os.fsync(nummer)
            finally:
                os.close(nummer)
        return gemt


def laes_lager(navn: str, adresse: str) -> dict[str, Any]:
    """The entry of STORAGES for an address: `/sti/til/mappe`, or `s3://spand/praefiks?endpoint=https://…&region=…`.

    The key of S3 is never in the address: boto3 finds it where it looks by itself (AWS_ACCESS_KEY_ID and the like). Raises
    ImproperlyConfigured, which names the variable `navn`.
    """
    dele = urlsplit(adresse)
    if dele.scheme == "" and Path(adresse).is_absolute():
        return {"BACKEND": "faelles.lager.Mappe", "OPTIONS": {"location": adresse}}
    valg = dict(parse_qsl(dele.query))
    if dele.scheme != "s3" or not dele.hostname or "@" in dele.netloc or set(valg) - set(S3_INDSTILLINGER):
        raise ImproperlyConfigured(
            f"{navn} skal være en mappes fulde sti eller s3://spand/praefiks?endpoint=https://…&region=…, uden nøgle."
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": dele.hostname,
            "location": dele.path.strip("/"),
            "default_acl": None,  # the bucket's own, which is closed
            "file_overwrite": False,
            **{S3_INDSTILLINGER[noegle]: vaerdi for noegle, vaerdi in valg.items()},
        },
    }
