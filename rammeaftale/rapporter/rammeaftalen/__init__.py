"""The report "Rammeaftale": what its snapshot holds, how it is collected, and how it is told."""
