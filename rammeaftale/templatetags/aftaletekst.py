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
def vilkaarsenhed(noegle: str) -> str:
    """The unit of a term."""
    return NOEGLER[Noegle(noegle)].enhed
