"""URLs of the budget pages; they stand under /takster/ in its namespace (config.urls)."""

from django.urls import path

from takster.budget import importviews, views

urlpatterns = [
    path("budgetter/import", importviews.ny, name="budgetimport"),
    path("budgetter/import/skabelon", importviews.skabelon_fil, name="budgetskabelon"),
    path("budgetter/import/indlaes", importviews.indlaes, name="indlaes_budgetter"),
    path("budgetter/nyt", views.nyt, name="nyt_budget"),
    path("budgetter/nyt/<uuid:tilbud_id>/<int:aar>", views.del_af, name="del_budget"),
    path("budgetter/<uuid:budget_id>", views.budget, name="budget"),
    path("budgetter/<uuid:budget_id>/kopier", views.kopier, name="kopier_budget"),
    path("budgetter/<uuid:budget_id>/slet", views.slet, name="slet_budget"),
]
