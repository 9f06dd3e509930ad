"""How pages name the terms a takst is computed by, and the term an annotation (`kildefelt`) says."""

from django.template import Library

from vilkaar.kilde import fra_felt, klausuler_i_ord

register = Library()
register.filter("klausuler_i_ord", klausuler_i_ord)
register.filter("fra_felt", fra_felt)
