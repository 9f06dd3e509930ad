"""The bodies an agreement is prepared and recommended in: KKR, its embedsmandsudvalg and working groups, with dated members."""
