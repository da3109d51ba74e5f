"""Bulk layers: claims by the million, as Parquet tables in the user's data directory (door: polars).

A layer is a folder, `$BACKSTORY_BULK/<name>` or `bulk/<name>` in the user's data directory:

    layer.json           which editions stand, with the size and SHA-256 of each of their files
    editions/<id>/       one import; nothing in it is ever changed
        claims-NNNNN     claims about the events that the records declare
        relations-NNNNN  claims about anything else (whose organ an actor is, who is allied with whom)
        records-NNNNN    one row a record: its key, what it comes to, where its claims stand
        entities-NNNNN   things the source names that the graph does not know
        articles-NNNNN   what the claims cite
        names-NNNNN      each name of the source and whom it was taken for
        corrections-NNNNN  claims of earlier imports that were withdrawn, superseded or restored
        rejects-NNNNN.csv  records that were refused: where, why, and their text

An import writes one set of these a part (some 50,000 records), each file synchronised to the disk
before the part is noted in `journal.jsonl`; it stands once `layer.json` names it, which is one
atomic rename. A killed import leaves an edition that nobody names, and the same import goes on
after its last noted part.

Columns of claims and relations, one row a claim and citation:

    claim                the 16 hex digits of the claim's id, as an unsigned number
    subject, predicate, object, type    `type` is that of a value, empty for a thing
    when                 EDTF text; begin_earliest, begin_latest, end_earliest, end_latest its bounds
                         as `graph.when` day numbers, null without a time
    article, locator, speaker, note     the citation, which states the claim
    recorded             the day of the import

A claim stands accepted unless a later row of `corrections` says otherwise: withdrawn on a day,
superseded by another claim, or, with no day, standing again.
"""
