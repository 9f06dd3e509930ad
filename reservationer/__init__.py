"""From need to discharge: search (`soegning`), then the case (`sag`)."""
