"""Offers, departments, places and confirmations. Whether a place is free is never stored here: the ledger knows."""

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models.functions import Concat

from faelles.dateret import rigtig_periode
from faelles.felter import Email, Fritekst, Fritekster, Langtekst, Link
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.sprog import soegefold, sortnoegle
from faelles.tid import Periode, nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Kommune, Organisation
from tilbud.beskyttelse import KRISECENTER
from tilbud.models.egne_ider import eget_id_indeks, eget_id_unikt
from tilbud.models.genaabnet import PLADS_GENAABNET, TILBUD_GENAABNET
from tilbud.models.klassifikationer import Adfaerd, FysiskTraek, Hjemmel, Maalgruppe
from tilbud.models.uden_pladser import HAR_INGEN, IKKE_I_TILBUD_UDEN
from tilbud.querysets import PladsQuerySet, TilbudQuerySet

_MELLEM = models.Value(" ")
# What is searched in for all of an offer's departments.
TILBUDSTEKST = Concat("navn_soegning", _MELLEM, "beskrivelse_soegning", output_field=models.TextField())
# What free text is searched in. The index below is on this very expression, so queries must use it as it stands.
SOEGETEKST = Concat(
    "navn_soegning", _MELLEM, "beskrivelse_soegning", _MELLEM, "afdelinger_soegning", output_field=models.TextField()
)

ALLE_UGEDAGE = (1, 2, 3, 4, 5, 6, 7)

# Whose a change is (faelles.spor): the operator's who runs the offer.
DRIFTSHERRE = "SELECT driftsherre_id FROM tilbud_tilbud WHERE id = NEW.tilbud_id"
DRIFTSHERRE_FOR_AFDELING = "SELECT t.driftsherre_id FROM tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id WHERE a.id = NEW.afdeling_id"


def alle_ugedage() -> list[int]:
    """Monday (1) to Sunday (7): a døgnplads is taken on all seven."""
    return list(ALLE_UGEDAGE)


@foelges(
    "VALUES (NEW.driftsherre_id)",
    navn="navn",
    undtagen=["navn_sortering", "navn_soegning", "beskrivelse_soegning", "afdelinger_soegning"],
)
class Tilbud(models.Model):
    """An organisation unit that delivers services under one or more legal bases (the unit of Tilbudsportalen).

    A protected address is never kept: `adresse` and the point are then empty, and only the municipality is known. A crisis
    centre's always is: a trigger here sees to it when the offer is written, one in the migration when the legal basis is added.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    navn = Fritekst("navn", max_length=160)
    navn_sortering = models.CharField(max_length=320, editable=False)
    navn_soegning = models.CharField(max_length=320, editable=False)
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tilbud")
    beliggenhedskommune = models.ForeignKey(Kommune, on_delete=models.PROTECT, related_name="tilbud")
    adresse = Fritekst("adresse", max_length=200, blank=True, default="")
    laengdegrad = models.DecimalField("længdegrad", max_digits=8, decimal_places=5, null=True, blank=True)
    breddegrad = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    beskyttet_adresse = models.BooleanField("beskyttet adresse", default=False)
    p_nummer = models.CharField(
        "P-nummer", max_length=10, blank=True, default="", validators=[RegexValidator(r"^\d{10}$")]
    )
    cvr = models.CharField("CVR-nummer", max_length=8, blank=True, default="", validators=[RegexValidator(r"^\d{8}$")])
    tilbudsportal_id = Fritekst("id på Tilbudsportalen", max_length=20, blank=True, default="")
    ekstern_id = Fritekst("driftsherrens eget id", max_length=60, blank=True, default="")
    beskrivelse = Langtekst("beskrivelse", blank=True, default="", max_length=2000)
    beskrivelse_soegning = models.TextField(editable=False, default="")
    afdelinger_soegning = models.TextField(editable=False, default="")
    metoder = Fritekster(models.CharField(max_length=80), verbose_name="metoder", default=list, blank=True)
    fysiske_traek = ArrayField(
        models.CharField(max_length=20, choices=FysiskTraek.choices),
        verbose_name="fysiske forhold",
        default=list,
        blank=True,
    )
    rummer = ArrayField(
        models.CharField(max_length=20, choices=Adfaerd.choices),
        verbose_name="adfærd, tilbuddet kan rumme",
        default=list,
        blank=True,
    )
    rummer_ikke = ArrayField(
        models.CharField(max_length=20, choices=Adfaerd.choices),
        verbose_name="adfærd, tilbuddet ikke kan rumme",
        default=list,
        blank=True,
    )
    gruppe_hoejst = models.PositiveSmallIntegerField("borgere i en gruppe, højst", null=True, blank=True)
    normering = models.DecimalField(
        "normering (fuldtidsstillinger pr. plads)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    hjemmeside = Link("hjemmeside", max_length=300, blank=True, default="")
    kontakt_funktion = Fritekst("kontakt (funktion, ikke navn)", max_length=80, blank=True, default="")
    kontakt_email = Email("kontakt, e-mail", blank=True, default="")
    kontakt_telefon = models.CharField(
        "kontakt, telefon", max_length=16, blank=True, default="", validators=[RegexValidator(r"^\+?[0-9 ]{8,15}$")]
    )
    uden_pladser = models.BooleanField("leveres uden pladser", default=False)
    selvhenvendelse = models.BooleanField("borgeren kan henvende sig selv", default=False)
    alder_fra = models.PositiveSmallIntegerField("alder fra", default=18)
    alder_til = models.PositiveSmallIntegerField("alder til", null=True, blank=True)
    hjemler = models.ManyToManyField(Hjemmel, related_name="tilbud")
    maalgrupper = models.ManyToManyField(Maalgruppe, related_name="tilbud")
    lukket_fra = models.DateField("lukket fra", null=True, blank=True)
    demo = models.BooleanField("demo", default=False)
    aendret = models.DateTimeField("ændret", default=nu)

    objects = TilbudQuerySet["Tilbud"].as_manager()

    class Meta:
        verbose_name = "tilbud"
        verbose_name_plural = "tilbud"
        ordering = ["navn_sortering", "id"]
        indexes = [
            models.Index(fields=["navn_sortering", "id"], name="tilbud_i_dansk_orden"),
            # the search's question: which texts share enough trigrams with a word (soegning.fritekst)
            GinIndex(OpClass(SOEGETEKST, name="gin_trgm_ops"), name="tilbud_trigrammer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(alder_til__isnull=True) | models.Q(alder_til__gt=models.F("alder_fra")),
                name="tilbud_alder_fra_foer_til",
            ),
            models.CheckConstraint(
                condition=models.Q(beskyttet_adresse=False)
                | models.Q(adresse="", laengdegrad__isnull=True, breddegrad__isnull=True),
                name="tilbud_beskyttet_adresse_uden_sted",
            ),
            models.CheckConstraint(
                condition=models.Q(p_nummer="") | models.Q(p_nummer__regex=r"^[0-9]{10}$"),
                name="tilbud_p_nummer_ti_cifre",
            ),
            models.CheckConstraint(
                condition=models.Q(cvr="") | models.Q(cvr__regex=r"^[0-9]{8}$"), name="tilbud_cvr_otte_cifre"
            ),
            models.UniqueConstraint(
                fields=["driftsherre", "ekstern_id"],
                condition=~models.Q(ekstern_id=""),
                name="tilbud_ekstern_id_unikt_hos_driftsherren",
            ),
            models.UniqueConstraint(
                fields=["tilbudsportal_id"],
                condition=~models.Q(tilbudsportal_id=""),
                name="tilbud_tilbudsportal_id_unikt",
            ),
            models.CheckConstraint(
                condition=models.Q(fysiske_traek__contained_by=FysiskTraek.values), name="tilbud_fysiske_traek_kendte"
            ),
            models.CheckConstraint(
                condition=models.Q(rummer__contained_by=Adfaerd.values, rummer_ikke__contained_by=Adfaerd.values),
                name="tilbud_adfaerd_kendt",
            ),
            models.CheckConstraint(
                condition=~models.Q(rummer__overlap=models.F("rummer_ikke")), name="tilbud_rummer_eller_rummer_ikke"
            ),
            models.CheckConstraint(
                condition=models.Q(gruppe_hoejst__isnull=True) | models.Q(gruppe_hoejst__gt=0),
                name="tilbud_gruppe_mindst_en",
            ),
            models.CheckConstraint(
                condition=models.Q(normering__isnull=True) | models.Q(normering__gt=0), name="tilbud_normering_over_nul"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="tilbud_krisecenter_beskyttes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF EXISTS (SELECT 1 FROM tilbud_tilbud_hjemler WHERE tilbud_id = NEW.id AND hjemmel_id = '{KRISECENTER}') THEN
                        NEW.beskyttet_adresse := true;
                        NEW.adresse := '';
                        NEW.laengdegrad := NULL;
                        NEW.breddegrad := NULL;
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - the one value is the constant above
            ),
            HAR_INGEN,
            TILBUD_GENAABNET,
        ]

    def __str__(self) -> str:
        return self.navn

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort and search keys beside the texts they are made from."""
        self.navn_sortering, self.navn_soegning = sortnoegle(self.navn), soegefold(self.navn)
        self.beskrivelse_soegning = soegefold(" ".join([self.beskrivelse, *self.metoder]))
        if not self._state.adding:
            self.afdelinger_soegning = self.afdelingernes_navne()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unread

    def afdelingernes_navne(self) -> str:
        """The names of its departments as they are searched in. One statement."""
        return soegefold(" ".join(self.afdelinger.order_by("navn_sortering", "pk").values_list("navn", flat=True)))

    @property
    def fysiske(self) -> list[str]:
        """The physical traits in words."""
        return [FysiskTraek(kode).label for kode in self.fysiske_traek]

    @property
    def adfaerd(self) -> list[str]:
        """The behaviour the offer can take in, in words."""
        return [Adfaerd(kode).label for kode in self.rummer]

    @property
    def adfaerd_ikke(self) -> list[str]:
        """The behaviour the offer cannot take in, in words."""
        return [Adfaerd(kode).label for kode in self.rummer_ikke]


@foelges(DRIFTSHERRE, navn="tilbud")
class Tilbudshjemmel(Tilbud.hjemler.through):  # type: ignore[name-defined,misc]  # made by Django
    """That an offer delivers under a legal basis."""

    class Meta:
        proxy = True
        verbose_name = "tilbuddets hjemmel"
        verbose_name_plural = "tilbuddenes hjemler"


# Django names the column after the model, which the log would show people.
Tilbud.maalgrupper.through._meta.get_field("maalgruppe").verbose_name = "målgruppe"


@foelges(DRIFTSHERRE, navn="tilbud")
class Tilbudsmaalgruppe(Tilbud.maalgrupper.through):  # type: ignore[name-defined,misc]  # made by Django
    """That an offer is for a target group."""

    class Meta:
        proxy = True
        verbose_name = "tilbuddets målgruppe"
        verbose_name_plural = "tilbuddenes målgrupper"


@foelges(DRIFTSHERRE, navn="navn", undtagen=["navn_sortering", "pladser_tilfoejet"])
class Afdeling(models.Model):
    """A sub-unit of an offer with its own places; its places are confirmed together.

    `pladser_tilfoejet` is when its latest place was approved, or came again (`genaabnet`): a confirmation made before says nothing
    about that one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="afdelinger")
    navn = Fritekst("navn", max_length=120)
    navn_sortering = models.CharField(max_length=240, editable=False)
    ekstern_id = Fritekst("driftsherrens eget id", max_length=60, blank=True, default="")
    pladser_tilfoejet = models.DateTimeField("pladser tilføjet", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "afdeling"
        verbose_name_plural = "afdelinger"
        ordering = ["navn_sortering", "id"]
        constraints = [
            # Deferrable: two names may change places in one transaction (registerimport.skriv).
            models.UniqueConstraint(
                fields=["tilbud", "navn"], name="afdeling_navn_unikt_i_tilbud", deferrable=models.Deferrable.IMMEDIATE
            ),
        ]
        indexes = [eget_id_indeks("afdeling")]
        triggers = [eget_id_unikt("afdeling", "tilbud")]

    def __str__(self) -> str:
        return self.navn

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key beside the name it is made from, and the name beside the offer's, for they are searched in together."""
        self.navn_sortering, ny = sortnoegle(self.navn), self._state.adding
        tilbuddet = Tilbud.objects.filter(pk=self.tilbud_id)
        with transaction.atomic(savepoint=False):
            if not ny:  # two of an offer are renamed one after the other, so that neither misses the other's name
                tilbuddet.select_for_update(no_key=True).only("pk").get()
            super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unread
            flere = Concat("afdelinger_soegning", models.Value(" "), models.Value(soegefold(self.navn)))
            tilbuddet.update(afdelinger_soegning=flere if ny else self.tilbud.afdelingernes_navne())


class Pladsart(models.TextChoices):
    """Kinds of place."""

    DOEGN = "doegn", "Døgnplads"
    DAG = "dag", "Dagplads"
    AFLASTNING = "aflastning", "Aflastningsplads"
    AKUT = "akut", "Akutplads"


@foelges(DRIFTSHERRE_FOR_AFDELING, navn="betegnelse", undtagen=["betegnelse_sortering"])
class Plads(models.Model):
    """One capacity unit, open in a period on certain weekdays. A merplads exists under a permission to exceed the approved number.

    An offer's internal day places may be kept for those who live there (tilbudsportalen.md § 2).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="pladser")
    betegnelse = Fritekst("betegnelse", max_length=40)
    betegnelse_sortering = models.CharField(max_length=80, editable=False)
    art = models.CharField("art", max_length=12, choices=Pladsart.choices, default=Pladsart.DOEGN)
    ugedage = ArrayField(models.IntegerField(), verbose_name="ugedage", default=alle_ugedage)
    periode = DateRangeField("åben")
    merplads = models.BooleanField("merplads", default=False)
    forbeholdt_egne = models.BooleanField("forbeholdt driftsherrens egne borgere", default=False)
    forbeholdt_beboere = models.BooleanField("forbeholdt beboerne i botilbuddet", default=False)
    ekstern_id = Fritekst("driftsherrens eget id", max_length=60, blank=True, default="")

    objects = PladsQuerySet["Plads"].as_manager()

    class Meta:
        verbose_name = "plads"
        verbose_name_plural = "pladser"
        ordering = ["betegnelse_sortering", "id"]
        constraints = [
            rigtig_periode("plads_periode_rigtig"),
            models.UniqueConstraint(
                fields=["afdeling", "betegnelse"],
                name="plads_betegnelse_unik_i_afdeling",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=models.Q(ugedage__contained_by=alle_ugedage(), ugedage__len__gt=0),
                name="plads_ugedage_mandag_til_soendag",
            ),
            models.CheckConstraint(condition=models.Q(art__in=Pladsart.values), name="plads_art_kendt"),
            models.CheckConstraint(
                condition=models.Q(forbeholdt_beboere=False) | models.Q(art=Pladsart.DAG.value),
                name="plads_kun_dagplads_forbeholdt_beboere",
            ),
        ]
        indexes = [
            eget_id_indeks("plads"),
            # the search's question: whether a department has any (belaegning.loft)
            models.Index(fields=["afdeling"], condition=models.Q(merplads=True), name="plads_merpladser"),
        ]
        triggers = [eget_id_unikt("plads", "afdeling"), IKKE_I_TILBUD_UDEN, PLADS_GENAABNET]

    def __str__(self) -> str:
        return self.betegnelse

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key beside the name it is made from."""
        self.betegnelse_sortering = sortnoegle(self.betegnelse)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unread

    @property
    def aaben(self) -> Periode | None:
        """The days it is open, none of them after its offer has closed; None when there are none."""
        periode, lukket_fra = Periode.af_range(self.periode), self.afdeling.tilbud.lukket_fra
        return periode if lukket_fra is None else periode.faelles(Periode(date.min, lukket_fra))


@foelges(DRIFTSHERRE_FOR_AFDELING, navn="afdeling", kun_tilfoejes=True)
class Bekraeftelse(models.Model):
    """That a department's places were confirmed to be right: when, and by which organisation in which function (never a name)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="bekraeftelser")
    tidspunkt = models.DateTimeField("tidspunkt", default=nu)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bekraeftelser")
    rolle_navn = models.CharField("funktion", max_length=60)

    class Meta:
        verbose_name = "bekræftelse"
        verbose_name_plural = "bekræftelser"
        # the search's question: the latest confirmation of each department
        indexes = [models.Index(fields=["afdeling", "-tidspunkt"], name="bekraeftelse_seneste")]
        triggers = [kun_tilfoejes("bekraeftelse_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.afdeling_id} {self.tidspunkt:%d.%m.%Y}"
