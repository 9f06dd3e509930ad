"""The examples of a hearing and its answers: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import BEMAERKNING, HOERING, HOERINGSFIL, HOERINGSNOTAT, HOERINGSPART, KLAUSUL, TIDSPUNKT

HOERINGSVAERDIER: Mapping[str, Any] = {
    **{
        f"{skema}.{navn}": vaerdi
        for skema in ("HoeringUd", "EnHoeringUd")
        for navn, vaerdi in {
            "id": HOERING,
            "version": 1,
            "titel": "Udkast til udviklingsdel",
            "stand": "sendt",
            "frist": "2026-12-18",
            "paamindDage": 7,
            "sendt": TIDSPUNKT,
            "afsluttet": None,
        }.items()
    },
    "EnHoeringUd.foelgebrev": "Vi hører gerne, hvad I mener om udkastet.",
    "EnHoeringUd.indledning": "Kommunerne i KKR'et og regionen aftaler her, hvordan de deles om de specialiserede tilbud.",
    "HoeringIndRequest.titel": "Udkast til udviklingsdel",
    "HoeringIndRequest.frist": "2026-12-18",
    "HoeringIndRequest.foelgebrev": "Vi hører gerne, hvad I mener om udkastet.",
    "HoeringIndRequest.paamindDage": 7,
    "HoeringRettesIndRequest.titel": "Udkast til udviklingsdel",
    "HoeringRettesIndRequest.frist": "2026-12-18",
    "HoeringRettesIndRequest.foelgebrev": "Vi hører gerne, hvad I mener om udkastet.",
    "HoeringRettesIndRequest.paamindDage": 7,
    "ModtagerIndRequest.art": "handicapraad",
    "ModtagerIndRequest.navn": "Handicaprådet i Herlev",
    "ModtagerIndRequest.email": "handicapraad@herlev.example",
    "ModtagerUd.id": HOERINGSPART,
    "ModtagerUd.art": "handicapraad",
    "ModtagerUd.navn": "Handicaprådet i Herlev",
    "ModtagerUd.svaret": TIDSPUNKT,
    "ModtagerUd.fejledeForsoeg": 0,
    "ModtagerUd.harLink": True,
    "ModtagerUd.linkSendt": TIDSPUNKT,
    "ModtagerskridtIndRequest.udfald": "nyt_link",
    "HoeringsnotatUd.id": HOERINGSNOTAT,
    "HoeringsnotatUd.hoeringId": HOERING,
    "HoeringsnotatUd.status": "faerdig",
    "HoeringsnotatUd.bestilt": TIDSPUNKT,
    "HoeringsnotatUd.pdf": f"/api/v1/hoeringer/{HOERING}/notater/{HOERINGSNOTAT}/pdf",
    "notatId": HOERINGSNOTAT,
    "PostkasseIndRequest.email": "handicapraad@herlev.example",
    "HoeringsskridtIndRequest.udfald": "send",
    "HoeringssvarUd.modtagerId": HOERINGSPART,
    "HoeringssvarUd.navn": "Handicaprådet i Herlev",
    "HoeringssvarUd.afgivet": TIDSPUNKT,
    "HoeringssvarUd.ingenBemaerkninger": False,
    "BemaerkningUd.id": BEMAERKNING,
    "BemaerkningUd.klausulId": KLAUSUL,
    "BemaerkningUd.klausul": "2.1 Samarbejde om viden",
    "BemaerkningUd.tekst": "Skriv, hvem der har ansvaret for at dele viden.",
    "filId": HOERINGSFIL,
    "FilUd.id": HOERINGSFIL,
    "FilUd.navn": "bilag.pdf",
    "FilUd.art": "pdf",
    "FilUd.stoerrelse": 48_200,
    "FilUd.gennemsoegt": "helt",
    "BehandlingUd.udfald": "indarbejdet",
    "BehandlingUd.version": 2,
    "BehandlingUd.begrundelse": "Ansvaret står nu i afsnit 2.1.",
    "BehandlingUd.registreret": TIDSPUNKT,
    "BehandlingIndRequest.udfald": "indarbejdet",
    "BehandlingIndRequest.version": 2,
    "BehandlingIndRequest.begrundelse": "Ansvaret står nu i afsnit 2.1.",
}
