"""The W3C suites for SPARQL 1.1, run through this project's own path; they are not part of the project."""
