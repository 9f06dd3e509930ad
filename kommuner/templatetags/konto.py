"""What pages about log-ins need."""

from django import template

register = template.Library()

# The first that is named wins: every browser also names those it is made after.
_BROWSERE = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMER = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser(kendetegn: str) -> str:
    """What a browser calls itself, in words a person knows it by: »Firefox på Windows«."""
    navn = next((navn for tegn, navn in _BROWSERE if tegn in kendetegn), "Ukendt browser")
    system = next((navn for tegn, navn in _SYSTEMER if tegn in kendetegn), None)
    return f"{navn} på {system}" if system else navn
