"""CAMEO event codes: their names, their scale, and the event kinds and roles they mean here."""
