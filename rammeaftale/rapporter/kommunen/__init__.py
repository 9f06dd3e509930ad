"""The report "Kommunens køb og salg" (report-contents § R6): what one municipality buys and sells, and with whom."""
