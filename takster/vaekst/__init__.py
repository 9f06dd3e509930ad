"""Growth of the takster against the agreed ceiling, for the secretariat."""
