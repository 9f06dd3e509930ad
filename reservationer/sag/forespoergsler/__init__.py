"""Enquiries: a coded need asked of one or several offers at once, their answers, and the messages about them."""
