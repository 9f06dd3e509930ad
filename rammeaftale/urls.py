"""URLs of the pages."""

from django.urls import path

from rammeaftale import eksport, trin_views, views, vilkaar_views
from rammeaftale.aarshjul import views as aarshjul
from rammeaftale.moeder import views as moeder
from rammeaftale.organer import views as organer
from rammeaftale.tekst import views as tekst

app_name = "rammeaftale"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("eksport/<slug:form>", eksport.aftaler, name="eksport"),
    path("ny", trin_views.ny, name="ny"),
    path("tilbud/<uuid:tilbud_id>/vilkaar", vilkaar_views.tilbud, name="tilbudsvilkaar"),
    path("organer/", organer.liste, name="organer"),
    path("organer/eksport/<slug:form>", organer.eksport, name="eksport_organer"),
    path("organer/nyt", organer.nyt, name="nyt_organ"),
    path("organer/<uuid:organ_id>/", organer.detalje, name="organ"),
    path("organer/<uuid:organ_id>/ret", organer.ret, name="ret_organ"),
    path("organer/<uuid:organ_id>/nedlaeg", organer.nedlaeg, name="nedlaeg_organ"),
    path("organer/<uuid:organ_id>/medlemmer/nyt", organer.nyt_medlem, name="nyt_organmedlem"),
    path("organer/medlemmer/<uuid:organmedlem_id>/afslut", organer.afslut_medlem, name="afslut_organmedlem"),
    path("organer/<uuid:organ_id>/moeder/nyt", moeder.nyt, name="nyt_moede"),
    path("organer/<uuid:organ_id>/moeder/eksport/<slug:form>", moeder.eksport, name="eksport_moeder"),
    path("organer/moeder/<uuid:moede_id>/", moeder.detalje, name="moede"),
    path("organer/moeder/<uuid:moede_id>/ret", moeder.ret, name="ret_moede"),
    path("organer/moeder/<uuid:moede_id>/beslutning", moeder.beslutning, name="moedebeslutning"),
    path("<slug:slug>/", views.detalje, name="detalje"),
    path("<slug:slug>/parter/eksport/<slug:form>", eksport.parter, name="eksport_parter"),
    path("<slug:slug>/trin/<str:til>", trin_views.trin, name="trin"),
    path("<slug:slug>/organbeslutning", moeder.aftalens, name="organbeslutning"),
    path("<slug:slug>/send", trin_views.send, name="send"),
    path("<slug:slug>/ny-version", trin_views.ny_version, name="ny_version"),
    path("<slug:slug>/allonge", trin_views.allonge, name="allonge"),
    path("<slug:slug>/fakta/<str:faktum>", trin_views.faktum, name="faktum"),
    path("<slug:slug>/aarshjul/", aarshjul.hjul, name="aarshjul"),
    path("<slug:slug>/aarshjul/eksport/<slug:form>", aarshjul.eksport, name="eksport_aarshjul"),
    path("<slug:slug>/aarshjul/nyt", aarshjul.nyt, name="nyt_aarshjulstrin"),
    path("<slug:slug>/aarshjul/hent", aarshjul.hent, name="hent_aarshjul"),
    path("<slug:slug>/aarshjul/<uuid:trin_id>/ret", aarshjul.ret, name="ret_aarshjulstrin"),
    path("<slug:slug>/aarshjul/<uuid:trin_id>/fjern", aarshjul.slet, name="slet_aarshjulstrin"),
    path("<slug:slug>/aarshjul/<uuid:trin_id>/udfoert", aarshjul.udfoert, name="udfoert_aarshjulstrin"),
    path("<slug:slug>/aarshjul/udfoert/<uuid:udfoerelse_id>/fortryd", aarshjul.fortryd, name="fortryd_aarshjulstrin"),
    path("<slug:slug>/tekst/", tekst.dokument, name="tekst"),
    path("<slug:slug>/tekst/sammenlign", tekst.sammenlign, name="sammenlign"),
    path("<slug:slug>/tekst/del", tekst.ny_del, name="ny_del"),
    path("<slug:slug>/tekst/dele/<uuid:del_id>/klausul", tekst.ny_klausul, name="ny_klausul"),
    path("<slug:slug>/tekst/<uuid:klausul_id>/", tekst.klausul, name="klausul"),
    path("<slug:slug>/tekst/<uuid:klausul_id>/ret", tekst.ret, name="ret_klausul"),
    path("<slug:slug>/tekst/<uuid:klausul_id>/vilkaar", tekst.vilkaar, name="klausulvilkaar"),
    path("<slug:slug>/tekst/<uuid:klausul_id>/udgaa", tekst.udgaa, name="udgaa_klausul"),
    path("<slug:slug>/vilkaar/", vilkaar_views.vilkaar, name="vilkaar"),
    path("<slug:slug>/vilkaar/eksport/<slug:form>", eksport.vilkaar, name="eksport_vilkaar"),
    path("<slug:slug>/vilkaar/udsend", vilkaar_views.udsend, name="udsend_vilkaar"),
    path("<slug:slug>/parter/<uuid:part_id>/", views.part, name="part"),
    path("<slug:slug>/parter/<uuid:part_id>/beslutning", views.beslutning, name="beslutning"),
    path("<slug:slug>/parter/<uuid:part_id>/offentliggoerelse", trin_views.offentliggoerelse, name="offentliggoerelse"),
]
