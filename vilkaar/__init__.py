"""The terms in force: typed parameters of an agreement by KKR and date. Written only by rammeaftale; everybody else reads."""
