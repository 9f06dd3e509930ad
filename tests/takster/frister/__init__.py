"""The year's deadline for takster."""
