"""The report "Udviklingsdel": how the area moves, what is lacking, and what the parties do about it."""
