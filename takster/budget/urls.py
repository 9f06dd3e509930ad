"""URLs of the budget pages; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.budget import views

urlpatterns = [
    path("", views.liste, name="liste"),
    path("budgetter/nyt", views.nyt, name="nyt_budget"),
    path("budgetter/nyt/<uuid:tilbud_id>/<int:aar>", views.del_af, name="del_budget"),
    path("budgetter/<uuid:budget_id>", views.budget, name="budget"),
    path("budgetter/<uuid:budget_id>/kopier", views.kopier, name="kopier_budget"),
    path("budgetter/<uuid:budget_id>/slet", views.slet, name="slet_budget"),
]
