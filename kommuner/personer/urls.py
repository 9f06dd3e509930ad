"""Pages of an organisation's people."""

from django.urls import path

from kommuner.personer import views
from kommuner.personer.invitation import invitation

app_name = "personer"

urlpatterns = [
    path("", views.start, name="start"),
    path("invitation/<str:noegle>", invitation, name="invitation"),
    path("<uuid:organisation_id>/", views.liste, name="liste"),
    path("<uuid:organisation_id>/eksport/<slug:form>", views.eksport, name="eksport"),
    path("<uuid:organisation_id>/inviter", views.inviter, name="inviter"),
    path("<uuid:organisation_id>/administrator", views.foreslaa, name="foreslaa"),
    path("<uuid:organisation_id>/forslag/<uuid:forslag_id>/<str:afgoerelse>", views.afgoer, name="afgoer"),
    path("<uuid:organisation_id>/invitationer/<uuid:invitation_id>/send", views.send_igen, name="send_igen"),
    path("<uuid:organisation_id>/invitationer/<uuid:invitation_id>/traek", views.traek_tilbage, name="traek_tilbage"),
    path("<uuid:organisation_id>/roller/<uuid:tilknytning_id>/afslut", views.afslut, name="afslut"),
    path("<uuid:organisation_id>/<uuid:bruger_id>/", views.person, name="person"),
    path("<uuid:organisation_id>/<uuid:bruger_id>/rolle", views.giv_rolle, name="giv_rolle"),
    path("<uuid:organisation_id>/<uuid:bruger_id>/fjern", views.fjern, name="fjern"),
]
