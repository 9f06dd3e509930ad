"""That an operator's people have been reminded of a confirmation that is due."""

from django.db import models

from faelles.ids import uuid7
from faelles.tid import nu
from tilbud.models.register import Afdeling


class Bekraeftelsespaamindelse(models.Model):
    """One mail for each due date of a department; without one (`forfald` empty) it had never been confirmed.

    Noted before the mails go out, and `sendt` when they have: a note that stays unsent is of a run that was cut off.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    afdeling = models.ForeignKey(Afdeling, on_delete=models.CASCADE, related_name="paamindelser")
    forfald = models.DateField("forfald", null=True, blank=True)
    noteret = models.DateTimeField("noteret", default=nu)
    sendt = models.DateTimeField("sendt", null=True, blank=True)

    class Meta:
        verbose_name = "påmindelse om bekræftelse"
        verbose_name_plural = "påmindelser om bekræftelse"
        constraints = [
            models.UniqueConstraint(
                fields=["afdeling", "forfald"], nulls_distinct=False, name="paamindelse_en_pr_forfald"
            )
        ]

    def __str__(self) -> str:
        return f"{self.afdeling_id} {self.forfald or 'aldrig bekræftet'}"
