"""Hearings as they come about: drafted and sent by the secretariat, mailed by the task, answered by the link in the mail."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.core import mail
from freezegun import freeze_time

from faelles.tid import idag
from rammeaftale.hoering.actions import (
    Besvarelse,
    Hoeringsindhold,
    Modtagerindhold,
    afgiv_svar,
    bestil_notat,
    opret_hoering,
    send_hoering,
)
from rammeaftale.hoering.actions.svar import Afgivet
from rammeaftale.hoering.breve import send_links
from rammeaftale.hoering.regler import Modtagerart
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import (
    Delart,
    Dokumentdel,
    Hoering,
    Hoeringsbemaerkning,
    Hoeringsnotat,
    Hoeringsnotatfil,
    Hoeringssvar,
    Klausul,
    Klausuludgave,
    Rammeaftale,
    Version,
)
from tests import fabrik


def pdf(*sider: str, mere: bytes = b"") -> bytes:
    """A PDF with a page for each text; an empty one has a drawing and no text. `mere` goes into the first page's dictionary."""
    kort = " ".join(f"{4 + 2 * nummer} 0 R" for nummer in range(len(sider)))
    objekter = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(sider)}/Kids[{kort}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for nummer, tekst in enumerate(sider):
        tegning = f"BT /F1 12 Tf 72 720 Td ({tekst}) Tj ET".encode("cp1252") if tekst else b"0 0 100 100 re f"
        side = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R%s>>"
        objekter += [side % (5 + 2 * nummer, b"" if nummer else mere)]
        objekter += [b"<</Length %d>>stream\n%s\nendstream" % (len(tegning), tegning)]
    ud, steder = b"%PDF-1.7\n", []
    for nummer, objekt in enumerate(objekter, start=1):
        steder.append(len(ud))
        ud += b"%d 0 obj\n%s\nendobj\n" % (nummer, objekt)
    tabel = b"".join(b"%010d 00000 n \n" % sted for sted in steder)
    hale = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objekter) + 1, len(ud))
    return ud + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objekter) + 1) + tabel + hale


PDF = pdf("Vi er enige i udkastet.")
HANDICAPRAAD = Modtagerindhold(Modtagerart.HANDICAPRAAD, "Handicaprådet i Herlev", "handicapraad@herlev.example")
ORGANISATION = Modtagerindhold(Modtagerart.INTERESSEORGANISATION, "Landsforeningen", "post@landsforeningen.example")


def udkast(
    *tekster: str,
    slug: str = "udkast-2029-2030",
    i: str = "KKR Hovedstaden",
    parter: tuple[str, ...] = (),
) -> Rammeaftale:
    """A draft agreement of a KKR with a clause for each text."""
    parter = parter or (("Rødovre", "Herlev") if i == "KKR Hovedstaden" else ("Odense", "Svendborg"))
    aftale = fabrik.aftale(tilstand=Aftaletilstand.KLADDE, slug=slug, i=i, parter=parter)
    aftale.versioner.update(sendt=None)
    del_ = Dokumentdel.objects.create(aftale=aftale, art=Delart.UDVIKLINGSDEL, titel="Udviklingsdel", nummer=1)
    sekretariat = aftale.kkr.sekretariat
    assert sekretariat is not None
    for nummer, tekst in enumerate(tekster or ("Parterne **samarbejder**.", "Viden deles."), start=1):
        Klausuludgave.objects.create(
            klausul=Klausul.objects.create(dokumentdel=del_), version=aftale.versioner.get(), udgave=1, nummer=f"2.{nummer}",
            overskrift=f"Emne {nummer}", tekst=tekst, organisation=sekretariat, identitet="test",
        )  # fmt: skip
    return aftale


def skrevet_om(aftale: Rammeaftale, tekst: str) -> Klausuludgave:
    """The first clause as the agreement's second version says it; the first version is sent."""
    foerste = aftale.versioner.get()
    aftale.versioner.update(sendt=idag())
    foer = foerste.klausuludgaver.order_by("nummer")[0]
    return Klausuludgave.objects.create(
        klausul=foer.klausul, version=Version.objects.create(aftale=aftale, nummer=2), udgave=2, nummer=foer.nummer,
        overskrift=foer.overskrift, tekst=tekst, organisation=foer.organisation, identitet="test",
    )  # fmt: skip


def indhold(
    titel: str = "Udkast til udviklingsdel", *, om: int = 20, foelgebrev: str = "", paamind_dage: int | None = 7
) -> Hoeringsindhold:
    """What a hearing says; the deadline is so many days ahead."""
    return Hoeringsindhold(titel, foelgebrev, fabrik.om(om), paamind_dage)


def kladde(
    aftale: Rammeaftale | None = None, *modtagere: Modtagerindhold, om: int = 20, paamind_dage: int | None = 7
) -> Hoering:
    """A hearing that is not sent, of two recipients or these."""
    aftale = aftale or udkast()
    return opret_hoering(
        aktoer=fabrik.sekretariat(aftale.kkr.navn),
        aftale_id=aftale.pk,
        indhold=indhold(om=om, paamind_dage=paamind_dage),
        modtagere=modtagere or (HANDICAPRAAD, ORGANISATION),
    )


def sendt(
    aftale: Rammeaftale | None = None,
    *modtagere: Modtagerindhold,
    om: int = 20,
    paamind_dage: int | None = 7,
    siden: int = 0,
) -> Hoering:
    """A hearing that was sent and mailed so many days ago, to be answered `om` days from now."""
    with freeze_time(fabrik.samme_tid(-siden)) if siden else nullcontext():
        hoering = kladde(aftale, *modtagere, om=om + siden, paamind_dage=paamind_dage)
        kkr = hoering.version.aftale.kkr.navn
        hoering = send_hoering(aktoer=fabrik.sekretariat(kkr), hoering_id=hoering.pk)
        send_links()
    return hoering


def noegle(til: Modtagerindhold = HANDICAPRAAD, *, brev: int = -1) -> str:
    """The key in a recipient's latest mail, or in one before it."""
    brevet = [b for b in mail.outbox if b.to == [til.email]][brev]
    (link,) = re.findall(r"https?://\S+/hoering/svar\?\S+", str(brevet.body))
    return str(parse_qs(urlsplit(link).query)["noegle"][0])


def frist_gik(hoering: Hoering, dage: int = 1) -> None:
    """Let the deadline have been so many days ago."""
    Hoering.objects.filter(pk=hoering.pk).update(frist=fabrik.om(-dage))


def klausuler(hoering: Hoering) -> list[UUID]:
    """The wordings of the draft, in their order."""
    return list(hoering.version.klausuludgaver.order_by("nummer", "udgave").values_list("pk", flat=True))


def besvar(
    med: str,
    tekster: Mapping[UUID | None, str] | None = None,
    filer: Sequence[Afgivet] = (),
    *,
    ingen: bool = False,
) -> Hoeringssvar:
    """An answer by the key; »Enig.« to the draft as a whole when nothing is said."""
    sagt = {} if ingen else tekster or {None: "Enig."}
    return afgiv_svar(noegle=med, besvarelse=Besvarelse(sagt, filer, ingen_bemaerkninger=ingen))


def med_svar(aftale: Rammeaftale) -> tuple[Hoering, Hoeringsbemaerkning]:
    """A hearing one has answered, with a file; the remark about the first clause."""
    hoering = sendt(aftale)
    foerste = klausuler(hoering)[0]
    svar = besvar(noegle(), {foerste: "Skriv mere."}, [Afgivet(foerste, "svar.pdf", PDF)])
    return hoering, svar.bemaerkninger.get()


def med_notat(hoering: Hoering) -> Hoeringsnotat:
    """A note that is made, for its page; what is in it is other tests' business."""
    notat = bestil_notat(aktoer=fabrik.sekretariat(hoering.version.aftale.kkr.navn), hoering_id=hoering.pk)
    Hoeringsnotatfil.objects.create(notat=notat, pdf=b"%PDF-1.7", sha256="0" * 64)
    return notat


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def docx(mere: Mapping[str, bytes] | None = None, *afsnit: str) -> bytes:
    """A Word document of these paragraphs; a | in one parts its runs."""
    p = "".join(f"<w:p>{''.join(f'<w:r><w:t>{r}</w:t></w:r>' for r in tekst.split('|'))}</w:p>" for tekst in afsnit)
    dokument = f'<w:document xmlns:w="{W}"><w:body>{p or "<w:p/>"}</w:body></w:document>'.encode()
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as pakke:
        for navn, data in {"[Content_Types].xml": b"<Types/>", "word/document.xml": dokument, **(mere or {})}.items():
            pakke.writestr(navn, data)
    return ud.getvalue()


def odt(type_: bytes = b"application/vnd.oasis.opendocument.text", *afsnit: str) -> bytes:
    """An OpenDocument text of these paragraphs."""
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w") as pakke:
        pakke.writestr("mimetype", type_)
        pakke.writestr("content.xml", f'<o xmlns:t="{TEXT}">{"".join(f"<t:p>{tekst}</t:p>" for tekst in afsnit)}</o>')
    return ud.getvalue()


def hoeringens_id(
    slug: str = "udkast-2029-2030", *, i: str = "KKR Hovedstaden", parter: tuple[str, ...] = ()
) -> dict[str, str]:
    """The ids of a hearing one has answered and one has not, and of a draft beside it, by the names of the addresses, and the key of the latter."""
    hoering, bemaerkning = med_svar(udkast(slug=slug, i=i, parter=parter))
    return {
        "udkast_id": str(hoering.version.aftale_id),
        "hoering_id": str(hoering.pk),
        "hoeringskladde_id": str(kladde(hoering.version.aftale).pk),
        "modtager_id": str(bemaerkning.svar.link.modtager_id),
        "bemaerkning_id": str(bemaerkning.pk),
        "fil_id": str(bemaerkning.filer.get().pk),
        "notat_id": str(med_notat(hoering).pk),
        "hoeringsnoegle": noegle(ORGANISATION),
    }
