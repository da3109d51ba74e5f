"""Claims as a table: CSV, its CSVW description, a spreadsheet-safe CSV, and Parquet.

One line a claim and citation, so nothing is joined into a cell.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import IO, Final

from graph import when as when_
from graph.claim import Claim, Literal
from graph.exports.extract import Extract
from graph.when import END_OF_TIME, START_OF_TIME

# name, CSVW datatype, what it holds
COLUMNS: Final = (
    ("claim", "string", "id of the claim"),
    ("subject", "string", "id of the subject"),
    ("predicate", "string", "name of the predicate"),
    ("object", "string", "id of the object, empty for a value"),
    ("value", "string", "the value, empty for a thing"),
    ("value_type", "string", "type of the value"),
    ("lang", "string", "language of the value"),
    ("when", "string", "EDTF text of the time"),
    ("begin_earliest", "date", "first day on which it may have begun"),
    ("begin_latest", "date", "last day on which it may have begun"),
    ("end_earliest", "date", "first day on which it may have ended"),
    ("end_latest", "date", "last day on which it may have ended"),
    ("status", "string", "accepted or contested"),
    ("qualifiers", "string", "name=value pairs, joined by a semicolon"),
    ("contradicts", "string", "ids of contradicting claims, joined by a space"),
    ("confirmed", "date", "last day a source confirmed it"),
    ("recorded", "date", "day it was recorded"),
    ("withdrawn", "date", "day it was withdrawn"),
    ("stance", "string", "whether the citation states or denies it"),
    ("article", "string", "id of the article"),
    ("publisher", "string", "id of the publisher"),
    ("published", "string", "EDTF text of the day of publication"),
    ("url", "anyURI", "address of the article"),
    ("speaker", "string", "id of who is quoted as saying it"),
    ("locator", "string", "place in the article"),
    ("quote", "string", "the words, at most 25"),
)
_FORMULA: Final = re.compile(r"^[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"^[+-]?\d+(\.\d+)?$")


def rows(extract: Extract) -> Iterator[dict[str, str]]:
    """One row a claim and citation, by claim id, then citation id."""
    for claim in extract.claims:
        shared = _claim_cells(claim)
        for citation in claim.citations:
            article = extract.article[citation.article]
            yield shared | {
                "stance": citation.stance.value,
                "article": article.id,
                "publisher": article.publisher,
                "published": article.published,
                "url": article.url,
                "speaker": citation.speaker,
                "locator": citation.locator,
                "quote": citation.quote,
            }


def _claim_cells(claim: Claim) -> dict[str, str]:
    value = claim.object if isinstance(claim.object, Literal) else None
    time = claim.time
    names = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")
    bounds = {n: _iso(getattr(time, n)) if time else "" for n in names}
    return {
        "claim": claim.id,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": "" if value else claim.value,
        "value": value.value if value else "",
        "value_type": value.type if value else "",
        "lang": value.lang if value else "",
        "when": claim.when,
        **bounds,
        "status": claim.status.value,
        "qualifiers": ";".join(f"{name}={v.value}" for name, v in claim.qualifiers),
        "contradicts": " ".join(claim.contradicts),
        "confirmed": claim.confirmed,
        "recorded": claim.recorded,
        "withdrawn": claim.withdrawn,
    }


def _iso(day: int) -> str:
    return when_.iso(day) if START_OF_TIME < day < END_OF_TIME else ""


def write_csv(extract: Extract, file: IO[bytes]) -> None:
    """RFC 4180 CSV in UTF-8, values exactly as they are."""
    _write(rows(extract), file)


def write_spreadsheet(extract: Extract, file: IO[bytes]) -> None:
    """CSV safe to open in a spreadsheet: a cell that would be a formula gets a leading apostrophe."""
    _write(({k: safe_cell(v) for k, v in row.items()} for row in rows(extract)), file)


def safe_cell(text: str) -> str:
    """The cell with an apostrophe before a formula sign; real numbers stay as they are.

    >>> safe_cell("=1+1"), safe_cell("-5")
    ("'=1+1", '-5')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def _write(table: Iterator[dict[str, str]], file: IO[bytes]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, [c[0] for c in COLUMNS], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    text.detach()


def write_csvw(_extract: Extract, file: IO[bytes]) -> None:
    """CSV on the Web metadata (W3C Metadata Vocabulary for Tabular Data) for the CSV export."""
    columns = [
        {"name": name, "titles": name, "datatype": kind, "dc:description": text, "null": ""}
        for name, kind, text in COLUMNS
    ]
    value = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "export.csv",
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {"columns": columns},
    }
    file.write(json.dumps(value, indent=1).encode())


def write_parquet(extract: Extract, file: IO[bytes]) -> None:
    """Parquet with dictionary-encoded text; bounds are day strings as in the CSV."""
    import polars

    names = [c[0] for c in COLUMNS]
    table = polars.DataFrame(list(rows(extract)), schema=dict.fromkeys(names, polars.String))
    # Into memory first: what the library says of a full disk is not an OSError.
    written = io.BytesIO()
    table.write_parquet(written, compression="zstd", statistics=True)
    file.write(written.getbuffer())
