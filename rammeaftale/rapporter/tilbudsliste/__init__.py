"""The report "Tilbud og takster" (report-contents § R6): every open offer of the area with its takster."""
