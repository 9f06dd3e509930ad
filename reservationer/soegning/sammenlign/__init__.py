"""Two to four departments side by side: what a need asks for, what is known of them, and where they differ."""
