"""Dated changes of Factbook fields, mined from the history of its JSON mirror."""
