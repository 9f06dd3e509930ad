"""The budget of an offer for a year: its lines (`poster`), its content (`indhold`), what can be done with it, and its pages."""
