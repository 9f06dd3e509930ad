"""Municipalities, regions and KKRs with their dated relations; operators; people, roles, API clients and the read log."""
