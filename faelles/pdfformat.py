"""How the API answers with a PDF."""

from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer


class PdfFormat(BaseRenderer):
    """Lets a client ask for application/pdf; the file itself is sent as it is stored."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> bytes:
        """A refusal, which is JSON whatever was asked for."""
        return JSONRenderer().render(data)
