"""UCDP GED: deadly events of organized violence, from the Uppsala Conflict Data Program."""
