"""Reports of errors in what is shown of an offer: from anybody who reads it to the operator, with a deadline and an answer."""
