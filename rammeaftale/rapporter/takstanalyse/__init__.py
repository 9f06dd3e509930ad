"""The report "Takstanalyse" (report-contents § R4): what the takster cost per place per day, against the agreed ceiling."""
