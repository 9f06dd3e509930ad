"""Small helpers for the page components in `templates/komponenter/`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import template
from django.forms import BoundField
from django.forms.widgets import ChoiceWidget
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from faelles.regneark.svar import FORMER

if TYPE_CHECKING:  # generic only for the type checker
    from django.core.paginator import Page

register = template.Library()


@register.simple_tag
def ikon(navn: str, tekst: str = "", klasse: str = "") -> SafeString:
    """An icon of Det Fælles Designsystem, e.g. `{% ikon "check" %}`; all names stand in `dkfds/img/all-svg-icons.svg`.

    Without `tekst` the icon is decoration and hidden from screen readers; with it, the text is its name.
    """
    href = f"{static('dkfds/img/all-svg-icons.svg')}#{navn}"
    klasser = f"icon-svg {klasse}".strip()
    if tekst:
        return format_html(
            '<svg class="{}" focusable="false" role="img" aria-label="{}"><use href="{}"></use></svg>',
            klasser,
            tekst,
            href,
        )
    return format_html(
        '<svg class="{}" focusable="false" aria-hidden="true"><use href="{}"></use></svg>', klasser, href
    )


@register.inclusion_tag("komponenter/udtraek.html", takes_context=True)
def udtraek(context: dict[str, Any], hvad: str, rute: str, *argumenter: object) -> dict[str, str]:
    """The two ways to take a table out: `{% udtraek "reservationerne" "sag:eksport" %}`, with the page's own filters and order.

    The route's last argument is the form of the file.
    """
    request: HttpRequest = context["request"]
    valg = request.GET.copy()
    for sted in ("side", "efter"):  # where in the table the page stands
        valg.pop(sted, None)
    hale = f"?{valg.urlencode()}" if valg else ""
    return {"hvad": hvad, **{form: reverse(rute, args=[*argumenter, form]) + hale for form in FORMER}}


@register.filter
def med_kode(tekst: str) -> SafeString:
    """What stands between backticks, as docstrings and the API's descriptions write names, as code."""
    stykker = enumerate(tekst.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", del_) if nr % 2 else del_,) for nr, del_ in stykker)
    )


@register.filter
def felt_maal(felt: BoundField) -> str:
    """The id of the control that gets focus for a field: the first choice of a group, the day of a date."""
    widget = felt.field.widget
    if isinstance(widget, ChoiceWidget) and felt.use_fieldset:
        return widget.id_for_label(felt.auto_id, "0")
    return felt.id_for_label


@register.filter
def sidetal(side: "Page[object]") -> Iterable[int | str]:
    """Page numbers around the current one, with `…` where numbers are left out."""
    return side.paginator.get_elided_page_range(side.number, on_each_side=1, on_ends=1)


@register.filter
def naeste_sortering(felt: str, aktiv: str) -> str:
    """The sort key a heading's link asks for: ascending first, then descending (`-felt`)."""
    return f"-{felt}" if aktiv == felt else felt
