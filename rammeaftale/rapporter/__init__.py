"""Report types: query → snapshot → chapters."""
