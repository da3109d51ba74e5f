"""Importers: one folder a source, each with source.yaml (who it is from) and importer.py (records → claims)."""
