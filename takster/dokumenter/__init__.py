"""Documents about takster as PDF: the evidence pack of a published one."""
