"""Central calls: what the national board asks the municipalities to coordinate, what each answers, and what they report together."""
