"""The register: offers, departments, places, target groups, legal bases, levels and confirmations."""
