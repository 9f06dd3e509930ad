"""The report "Styringsdel": the agreement's rules for buyer and seller in the order people know, each with its terms."""
