"""Showing an agreement's text and terms in templates."""

from django import template
from django.utils.safestring import SafeString

from rammeaftale.tekst.markdown import som_html
from vilkaar.noegler import NOEGLER, Noegle

register = template.Library()


@register.filter
def markdown(tekst: str) -> SafeString:
    """Markdown as safe HTML."""
    return som_html(tekst)


@register.filter
def vilkaarsnavn(noegle: str) -> str:
    """What people call a term."""
    return NOEGLER[Noegle(noegle)].navn


@register.filter
def vilkaar_i_ord(vaerdi: str, noegle: str) -> str:
    """The value of a term as people read it, with its unit. A frozen report may hold a key that there no longer is."""
    return NOEGLER[Noegle(noegle)].i_ord(vaerdi) if noegle in Noegle.__members__.values() else vaerdi
