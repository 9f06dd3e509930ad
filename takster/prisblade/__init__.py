"""What an offer is paid beside its takst: from a calculation to a published price, by two persons."""
