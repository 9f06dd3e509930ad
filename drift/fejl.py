"""The one error a person at the keyboard meets.

Kept free of newer syntax: the set-up imports it before it knows which Python it runs on.
"""


class Driftsfejl(Exception):
    """One clear Danish sentence: what is wrong and what to do. Shown without a traceback."""
