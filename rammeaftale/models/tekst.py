"""The agreement's text: parts, clauses with stable ids, what each says in a version, the terms it sets, and comments.

What a clause says is never edited: each saving is a new `Klausuludgave`, and the latest one counts. So two people who save the
same clause cannot overwrite each other (`klausuludgave_en_ad_gangen`), and nothing anybody wrote is lost.
"""

import pgtrigger
from django.db import models

from faelles.felter import Fritekst, Langtekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Organisation
from rammeaftale.models.aftale import SEKRETARIAT, SEKRETARIAT_FOR_VERSION, Rammeaftale, Version


class Delart(models.TextChoices):
    """The parts of an agreement (rules-rammeaftale § 2), in the order they stand."""

    HOVEDDOKUMENT = "hoveddokument", "Hoveddokument"
    STYRINGSDEL = "styringsdel", "Styringsdel"
    UDVIKLINGSDEL = "udviklingsdel", "Udviklingsdel"
    BILAG = "bilag", "Bilag"


# What the parties have been sent: the kind and title of a part with clauses in it, and which of two such parts stands first.
_STAAR_FAST = """
    IF EXISTS (
        WITH faste AS (
            SELECT DISTINCT k.dokumentdel_id AS id FROM rammeaftale_klausul k
            JOIN rammeaftale_klausuludgave u ON u.klausul_id = k.id
            JOIN rammeaftale_version v ON v.id = u.version_id
            WHERE v.sendt IS NOT NULL AND k.dokumentdel_id IN (
                SELECT d.id FROM rammeaftale_dokumentdel d JOIN new_values n ON n.aftale_id = d.aftale_id
            )
        )
        SELECT FROM new_values n JOIN old_values o ON o.id = n.id JOIN faste f ON f.id = n.id
        WHERE (o.aftale_id, o.art, o.titel) <> (n.aftale_id, n.art, n.titel) OR EXISTS (
            SELECT FROM rammeaftale_dokumentdel d JOIN faste andre ON andre.id = d.id
            LEFT JOIN old_values foer ON foer.id = d.id
            WHERE d.aftale_id = n.aftale_id AND d.id <> n.id
                AND (coalesce(foer.nummer, d.nummer) < o.nummer) <> (d.nummer < n.nummer)
        )
    ) THEN
        RAISE EXCEPTION 'En del, der er sendt til godkendelse, ligger fast'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dokumentdel_staar_fast';
    END IF;
    RETURN NULL;
"""


@foelges(SEKRETARIAT, navn="titel", bevares=True)
class Dokumentdel(models.Model):
    """A part of the agreement: the main document, styringsdel, udviklingsdel (one of each), or an annex."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="dele")
    art = models.CharField("art", max_length=14, choices=Delart.choices)
    titel = Fritekst("titel", max_length=160)
    nummer = models.PositiveSmallIntegerField("rækkefølge")

    class Meta:
        verbose_name = "del"
        verbose_name_plural = "dele"
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["aftale", "nummer"],
                name="dokumentdel_nummer_unikt_i_aftale",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.UniqueConstraint(
                fields=["aftale", "art"], condition=~models.Q(art="bilag"), name="dokumentdel_en_af_hver_undtagen_bilag"
            ),
            models.CheckConstraint(condition=models.Q(art__in=Delart.values), name="dokumentdel_art_kendt"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="dokumentdel_staar_fast",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_values", new="new_values"),  # type: ignore[no-untyped-call]
                func=_STAAR_FAST,
            )
        ]

    def __str__(self) -> str:
        return self.titel


class Klausul(models.Model):
    """A clause, whatever it is called and says in a version. `forgaenger`: the clause it was begun from, of the previous period's
    agreement or, in an allonge, the one it amends.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dokumentdel = models.ForeignKey(Dokumentdel, on_delete=models.PROTECT, related_name="klausuler")
    forgaenger = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="efterfoelgere", verbose_name="bygger på"
    )

    class Meta:
        verbose_name = "klausul"
        verbose_name_plural = "klausuler"
        triggers = [kun_tilfoejes("klausul_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"Klausul {self.pk}"


_I_AFTALEN = """
    IF NOT EXISTS (
        SELECT FROM rammeaftale_klausul k
        JOIN rammeaftale_dokumentdel d ON d.id = k.dokumentdel_id
        JOIN rammeaftale_rammeaftale allonge ON allonge.id = d.aftale_id
        JOIN rammeaftale_klausul f ON f.id = k.forgaenger_id
        JOIN rammeaftale_dokumentdel fd ON fd.id = f.dokumentdel_id
        JOIN rammeaftale_rammeaftale r ON r.id = fd.aftale_id
        WHERE k.id = NEW.klausul_id AND allonge.hovedaftale_id IN (r.id, r.hovedaftale_id)
    ) THEN
        RAISE EXCEPTION 'En allonge ophæver kun en klausul i den aftale, den ændrer'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'klausuludgave_ophaever_i_aftalen';
    END IF;
    RETURN NEW;
"""

_FASTSAETTER_INTET = """
    IF EXISTS (SELECT FROM rammeaftale_klausuludgave WHERE id = NEW.udgave_id AND ophaever) THEN
        RAISE EXCEPTION 'En ophævelse fastsætter ingen vilkår'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'klausulvilkaar_ikke_i_ophaevelse';
    END IF;
    RETURN NEW;
"""


@foelges(SEKRETARIAT_FOR_VERSION, navn="overskrift", skjulte=["identitet"], kun_tilfoejes=True, bevares=True)
class Klausuludgave(models.Model):
    """What a clause says in a version, as saved once. Markdown; `faelles` renders it sanitised. Append-only: the highest `udgave` counts.

    The numbers go on from version to version, so one names one saving, and who read an earlier version's is told of what came since.
    `udgaar`: the clause is not in the version any more. `ophaever`: it takes the clause of the agreement it builds on out of that, with
    the terms that one sets; only in an allonge. `gennemgaa`: brought over from the previous period and not looked at yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    klausul = models.ForeignKey(Klausul, on_delete=models.PROTECT, related_name="udgaver")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="klausuludgaver")
    udgave = models.PositiveIntegerField("udgave")
    nummer = Fritekst("nummer", max_length=20)
    overskrift = Fritekst("overskrift", max_length=160)
    tekst = Langtekst("tekst", blank=True, default="")
    udgaar = models.BooleanField("udgår", default=False)
    ophaever = models.BooleanField("ophæver", default=False)
    gennemgaa = models.BooleanField("skal gennemgås", default=False)
    tidspunkt = models.DateTimeField("tidspunkt", default=nu)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="klausuludgaver")
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "klausuludgave"
        verbose_name_plural = "klausuludgaver"
        ordering = ["version", "klausul", "udgave"]
        constraints = [
            models.UniqueConstraint(fields=["klausul", "udgave"], name="klausuludgave_en_ad_gangen"),
        ]
        triggers = [
            kun_tilfoejes("klausuludgave_kun_tilfoejes"),
            pgtrigger.Trigger(
                name="klausuludgave_ikke_i_sendt_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF EXISTS (SELECT FROM rammeaftale_version WHERE id = NEW.version_id AND sendt IS NOT NULL) THEN"
                    " RAISE EXCEPTION 'En version, der er sendt til godkendelse, rettes ikke'"
                    " USING ERRCODE = 'check_violation', CONSTRAINT = 'klausuludgave_ikke_i_sendt_version';"
                    " END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="klausuludgave_ophaever_i_aftalen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__ophaever=True),
                func=_I_AFTALEN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.overskrift}".strip()


@foelges(
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"
    " JOIN rammeaftale_version v ON v.aftale_id = r.id JOIN rammeaftale_klausuludgave u ON u.version_id = v.id"
    " WHERE u.id = NEW.udgave_id",
    navn="noegle",
    kun_tilfoejes=True,
    bevares=True,
)
class Klausulvilkaar(models.Model):
    """A term a clause sets, as it was saved with the clause's text."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    udgave = models.ForeignKey(Klausuludgave, on_delete=models.PROTECT, related_name="vilkaar")
    noegle = models.CharField("nøgle", max_length=60)
    vaerdi = Fritekst("værdi", max_length=200)

    class Meta:
        verbose_name = "vilkår i en klausul"
        verbose_name_plural = "vilkår i klausuler"
        ordering = ["noegle"]
        constraints = [
            models.UniqueConstraint(fields=["udgave", "noegle"], name="klausulvilkaar_en_vaerdi_pr_noegle"),
        ]
        triggers = [
            kun_tilfoejes("klausulvilkaar_kun_tilfoejes"),
            pgtrigger.Trigger(
                name="klausulvilkaar_ikke_i_ophaevelse",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_FASTSAETTER_INTET,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noegle} = {self.vaerdi}"


@foelges(
    f"{SEKRETARIAT_FOR_VERSION} UNION ALL VALUES (NEW.organisation_id)",
    navn="klausul",
    skjulte=["identitet"],
    kun_tilfoejes=True,
    bevares=True,
)
class Klausulkommentar(models.Model):
    """What a party says about a clause while the text is a draft. Seen by all parties; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    klausul = models.ForeignKey(Klausul, on_delete=models.PROTECT, related_name="kommentarer")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="kommentarer")
    tekst = Fritekst("kommentar", max_length=2000)
    tidspunkt = models.DateTimeField("tidspunkt", default=nu)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="klausulkommentarer")
    rolle_navn = models.CharField("rolle", max_length=60)
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ["tidspunkt", "id"]
        triggers = [kun_tilfoejes("klausulkommentar_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.organisation} om {self.klausul_id}"
