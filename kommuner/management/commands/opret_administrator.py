"""`manage.py opret_administrator`: how an organisation gets its first administrator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db.models import Q

from faelles.fejl import Konflikt
from kommuner.models import Organisation
from kommuner.personer.actions import inviter_foerste_administrator
from kommuner.personer.regler import MINDST_TO


class Command(BaseCommand):
    """Invites one of an organisation's first two administrators. The link is mailed, and printed for when mail is not set up yet."""

    help = "Invitér en organisations første administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--email", required=True, help="personens e-mailadresse, som hun også logger på med")
        parser.add_argument("--organisation", required=True, help="organisationens CVR-nummer eller navn")

    def handle(self, *_args: Any, **valg: Any) -> None:
        """Invite, and print the link."""
        email = valg["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as fejl:
            raise CommandError(f"{valg['email']} er ikke en e-mailadresse.") from fejl
        organisation = _organisation(valg["organisation"].strip())
        try:
            invitation, link = inviter_foerste_administrator(organisation=organisation, email=email)
        except Konflikt as fejl:
            raise CommandError(f"{fejl.besked} Kommandoen er kun til de første {MINDST_TO}.") from fejl
        self.stdout.write(f"{email} er inviteret som administrator for {organisation}. Linket virker én gang og indtil")
        self.stdout.write(f"{invitation.udloeber:%d.%m.%Y %H:%M} (UTC). Det er også sendt med e-mail:")
        self.stdout.write(link)


def _organisation(tekst: str) -> Organisation:
    fundne = list(
        Organisation.objects.filter(Q(navn__iexact=tekst) | (Q(cvr=tekst) & ~Q(cvr=""))).order_by(
            "navn_sortering", "pk"
        )
    )
    if len(fundne) == 1:
        return fundne[0]
    if fundne:
        navne = "; ".join(f"{o.navn} ({o.get_art_display()}, CVR {o.cvr or 'ukendt'})" for o in fundne)
        raise CommandError(
            f"Flere organisationer hedder eller har CVR-nummer {tekst}: {navne}. Brug navn eller CVR-nummer."
        )
    raise CommandError(
        f"Ingen organisation hedder eller har CVR-nummer {tekst}. Skriv det fulde navn, f.eks. Rødovre Kommune."
    )
