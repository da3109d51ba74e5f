"""The server: SPARQL 1.1 Protocol and the JSON API over the embedded store, with sandboxed workers."""
