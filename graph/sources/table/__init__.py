"""Any CSV file, with a YAML mapping that says what its columns mean."""
