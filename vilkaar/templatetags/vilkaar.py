"""How pages name the terms a takst is computed by."""

from django.template import Library

from vilkaar.kilde import klausuler_i_ord

register = Library()
register.filter("klausuler_i_ord", klausuler_i_ord)
