"""Costs shared between municipalities by a key and not by use: from an amount and a key to published shares, by two persons."""
