"""Whether the web process answers: `make run` waits for it, and the container's health check is `python -m drift.sundhed`."""

import http.client
import os
import sys

VAERT = "127.0.0.1"
FRIST = 5.0  # seconds


def svarer(port: int) -> bool:
    """Whether /sundhed gives 200: gunicorn opens its port before the application is loaded."""
    forbindelse = http.client.HTTPConnection(VAERT, port, timeout=FRIST)
    try:
        forbindelse.request("GET", "/sundhed", headers={"Host": vaertsnavn(os.environ["ALLOWED_HOSTS"])})
        return forbindelse.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        forbindelse.close()


def vaertsnavn(tilladte: str) -> str:
    """A name Django accepts: the first of ALLOWED_HOSTS; `.kommune.dk` allows the domain itself, `*` any."""
    navn = tilladte.split(",", maxsplit=1)[0].strip().lstrip(".")
    return "localhost" if navn in {"", "*"} else navn


if __name__ == "__main__":
    sys.exit(0 if svarer(int(os.environ.get("PORT", "8000"))) else 1)
