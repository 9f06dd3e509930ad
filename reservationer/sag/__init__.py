"""The case: who has claimed a place and why. Tenant data under row-level security; the days stand only in the ledger."""
