"""URLs of total price against list price."""

from django.urls import path

from reservationer.sag.prisudvikling import views

app_name = "prisudvikling"
urlpatterns = [
    path("<int:aar>", views.aaret, name="aaret"),
    path("<int:aar>/tal/<slug:form>", views.eksport, name="eksport"),
    path("<int:aar>/udeladte/<slug:form>", views.eksport_udeladte, name="eksport_udeladte"),
]
