"""Shared kernel: what every floor above may use and what knows none of them."""
