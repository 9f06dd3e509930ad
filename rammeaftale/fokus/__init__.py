"""What an agreement has set out to do in its period: focus areas, the work on them, its milestones, and how far it has come."""
