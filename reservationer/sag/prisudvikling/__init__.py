"""What stays cost with their supplements, against what the published takster would have made them cost."""
