"""THE LEDGER: that places are taken on given days, without who and why. Everybody who may see an offer reads the same truth."""
