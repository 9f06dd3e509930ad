"""The agreement's text and terms as a report prints them, with the allonger that have begun."""
