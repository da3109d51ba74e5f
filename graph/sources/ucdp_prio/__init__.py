"""UCDP/PRIO: armed conflicts in which a government takes part, year by year."""
