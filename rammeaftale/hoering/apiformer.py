"""What hearings are over REST: the bodies that come in and go out."""

from typing import Any

from rest_framework import serializers

from faelles.krop import Krop
from faelles.models import JobStatus
from rammeaftale.hoering.actions.behandling import LAENGSTE_BEGRUNDELSE
from rammeaftale.hoering.actions.filer import LAENGSTE_FILBEGRUNDELSE
from rammeaftale.hoering.actions.forberedelse import LAENGSTE_FOELGEBREV, LAENGSTE_PAAMINDELSE
from rammeaftale.hoering.filer import Filart
from rammeaftale.hoering.regler import (
    Behandlingsudfald,
    Filadgang,
    Filudfald,
    Hoeringsstand,
    Hoeringsudfald,
    Modtagerart,
    Modtagerudfald,
)
from rammeaftale.hoering.soegning import Gennemsoegning

SES_AF = "Ses af aftalens parter og trykkes i høringsnotatet. Aldrig navne på personer eller CPR-numre."
POSTKASSE = "Den fælles postkasse. Ses af sekretariatet."
MODTAGERARTER = [art.value for art in Modtagerart]


class HoeringUd(serializers.Serializer[Any]):
    """A hearing. `frist` is the last day that can be answered."""

    id = serializers.UUIDField()
    rammeaftaleId = serializers.UUIDField()
    version = serializers.IntegerField()
    titel = serializers.CharField()
    stand = serializers.ChoiceField(choices=[s.value for s in Hoeringsstand])
    frist = serializers.DateField()
    paamindDage = serializers.IntegerField(allow_null=True)
    sendt = serializers.DateTimeField(allow_null=True)
    afsluttet = serializers.DateTimeField(allow_null=True)


class ModtagerUd(serializers.Serializer[Any]):
    """Who is asked, and when it answered."""

    id = serializers.UUIDField()
    art = serializers.ChoiceField(choices=MODTAGERARTER)
    navn = serializers.CharField()
    email = serializers.EmailField(
        allow_null=True, help_text="Postkassen; null for andre end det sekretariat, der fører høringen."
    )
    svaret = serializers.DateTimeField(allow_null=True)
    harLink = serializers.BooleanField(help_text="Om høringsparten har et link, der gælder, eller et, der er på vej.")
    linkSendt = serializers.DateTimeField(
        allow_null=True, help_text="Hvornår brevet med det blev sendt; null, når det er på vej, eller intet link er."
    )
    fejledeForsoeg = serializers.IntegerField(
        help_text="Hvor mange gange brevet med linket forgæves er forsøgt sendt; 0, når det er sendt. Ret postkassen."
    )


class EnHoeringUd(HoeringUd):
    """A hearing with its letter and those who are asked."""

    foelgebrev = serializers.CharField(allow_blank=True)
    indledning = serializers.CharField(
        allow_blank=True, help_text="Udkastets indledning (Markdown), som den var, da høringen blev sendt; tom før."
    )
    modtagere = ModtagerUd(many=True)


class HoeringRettesInd(Krop):
    """A hearing as it is to be: the whole of it. Once it is sent, only a later deadline and the reminder."""

    titel = serializers.CharField(max_length=160, help_text=SES_AF)
    frist = serializers.DateField()
    foelgebrev = serializers.CharField(
        max_length=LAENGSTE_FOELGEBREV, required=False, allow_blank=True, default="", help_text="Står i brevet."
    )
    paamindDage = serializers.IntegerField(
        min_value=0, max_value=LAENGSTE_PAAMINDELSE, required=False, allow_null=True, default=None
    )


class ModtagerInd(Krop):
    """An organisation or a function in one, and its shared mailbox; never a person."""

    art = serializers.ChoiceField(choices=MODTAGERARTER)
    navn = serializers.CharField(max_length=160, help_text=SES_AF)
    email = serializers.EmailField(help_text=POSTKASSE)


class ModtagereInd(Krop):
    """Those who are to be asked too."""

    modtagere = ModtagerInd(many=True)


class PostkasseInd(Krop):
    """Another mailbox for a recipient."""

    email = serializers.EmailField(help_text=POSTKASSE)


class HoeringInd(HoeringRettesInd):
    """A hearing about the draft that is being written."""

    rammeaftaleId = serializers.UUIDField()
    modtagere = ModtagerInd(many=True)


class HoeringsskridtInd(Krop):
    """Send a draft hearing, or close one that is out."""

    udfald = serializers.ChoiceField(choices=[u.value for u in Hoeringsudfald])


class ModtagerskridtInd(Krop):
    """`nyt_link` and `traek_link` of a hearing that is out; `fjern` takes the recipient out of a draft."""

    udfald = serializers.ChoiceField(choices=[u.value for u in Modtagerudfald])


class FilvurderingUd(serializers.Serializer[Any]):
    """What the secretariat has decided about a file."""

    udfald = serializers.ChoiceField(choices=[u.value for u in Filudfald])
    begrundelse = serializers.CharField(allow_blank=True)
    registreret = serializers.DateTimeField()
    registreretAf = serializers.CharField(help_text="Den organisation, der vurderede filen.")


class FilvurderingInd(Krop):
    """Release a file to the agreement's parties, or close it, with why."""

    udfald = serializers.ChoiceField(choices=[u.value for u in Filudfald])
    begrundelse = serializers.CharField(
        max_length=LAENGSTE_FILBEGRUNDELSE,
        required=False,
        allow_blank=True,
        default="",
        help_text="Kræves, når filen lukkes. Ses af aftalens parter. Gentag ikke, hvad der står i filen.",
    )


class FilUd(serializers.Serializer[Any]):
    """A file that goes with a remark."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    art = serializers.ChoiceField(choices=[art.value for art in Filart])
    stoerrelse = serializers.IntegerField(help_text="Bytes.")
    gennemsoegt = serializers.ChoiceField(
        choices=[g.value for g in Gennemsoegning],
        help_text="Hvor meget af filens tekst der er gennemsøgt for CPR-numre. Billeder gennemsøges ikke.",
    )
    adgang = serializers.ChoiceField(
        choices=[a.value for a in Filadgang],
        help_text="Hvem filen udleveres til: `aaben` alle, der ser svaret; `venter` kun sekretariatet, til det har frigivet den; `lukket` ingen.",
    )
    vurdering = FilvurderingUd(allow_null=True)


class BehandlingUd(serializers.Serializer[Any]):
    """What the secretariat has done with a remark."""

    udfald = serializers.ChoiceField(choices=[u.value for u in Behandlingsudfald])
    version = serializers.IntegerField(allow_null=True)
    begrundelse = serializers.CharField(allow_blank=True)
    registreret = serializers.DateTimeField()
    registreretAf = serializers.CharField(help_text="Den organisation, der behandlede bemærkningen.")


class BemaerkningUd(serializers.Serializer[Any]):
    """A remark to a clause or, without one, to the draft as a whole. `tekst` is plain text, never Markdown or HTML."""

    id = serializers.UUIDField()
    klausulId = serializers.UUIDField(allow_null=True)
    klausul = serializers.CharField(allow_blank=True)
    tekst = serializers.CharField(allow_blank=True)
    filer = FilUd(many=True)
    behandling = BehandlingUd(allow_null=True)


class HoeringsnotatUd(serializers.Serializer[Any]):
    """A note on a hearing, of what was known at `bestilt`, and how far its making is. `pdf` is null until it is done."""

    id = serializers.UUIDField()
    hoeringId = serializers.UUIDField()
    status = serializers.ChoiceField(choices=JobStatus.values)
    fejl = serializers.CharField(allow_blank=True)
    bestilt = serializers.DateTimeField()
    pdf = serializers.CharField(allow_null=True)


class HoeringssvarUd(serializers.Serializer[Any]):
    """The answer of a recipient that counts."""

    modtagerId = serializers.UUIDField()
    navn = serializers.CharField()
    afgivet = serializers.DateTimeField()
    ingenBemaerkninger = serializers.BooleanField()
    bemaerkninger = BemaerkningUd(many=True)


class BehandlingInd(Krop):
    """What is done with a remark; `version` with indarbejdet, `begrundelse` with ikke_imoedekommet."""

    udfald = serializers.ChoiceField(choices=[u.value for u in Behandlingsudfald])
    version = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=32_767,
        help_text="Den, der var i høring, eller en senere.",
    )
    begrundelse = serializers.CharField(
        max_length=LAENGSTE_BEGRUNDELSE, required=False, allow_blank=True, default="", help_text=SES_AF
    )
