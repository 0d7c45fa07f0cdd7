"""How much there was of what: totals of days, counted beforehand for the association."""
