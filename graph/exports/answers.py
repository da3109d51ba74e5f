"""An answer's rows as JSON, CSV, Markdown or Parquet; a table for people is the command line's."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import IO, Any, Final

from graph.exports.tables import safe_cell
from graph.questions.rows import Row, Rows, as_value


def value(answer: Rows, rows: tuple[Row, ...] | None = None, following: str = "") -> dict[str, Any]:
    """An answer, or one page of it, as plain values: the question as understood, the rows, the next page's cursor."""
    kept = answer.rows if rows is None else rows
    return {
        "question": answer.question,
        "asked": as_value(answer.asked),
        "total": len(answer),
        "rows": [as_value(row) for row in kept],
        "next": following or None,
    }


def write_json(answer: Rows, file: IO[bytes]) -> None:
    """The whole answer as indented JSON."""
    file.write(json.dumps(value(answer), ensure_ascii=False, indent=2).encode() + b"\n")


def write_csv(answer: Rows, file: IO[bytes]) -> None:
    """RFC 4180 CSV in UTF-8, a thing's id in a column beside its name; safe to open in a spreadsheet."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, answer.headings, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({k: safe_cell(_plain(v)) for k, v in row.items()} for row in answer.cells())
    text.detach()


def write_md(answer: Rows, file: IO[bytes]) -> None:
    """A table in Markdown: names, values and publishers, without ids."""
    shown = [h for h in answer.headings if h != "claims" and not h.endswith("_id")]
    lines = [shown, ["---"] * len(shown), *([_cell(row[h]) for h in shown] for row in answer.cells())]
    file.write("".join(f"| {' | '.join(line)} |\n" for line in lines).encode())


def write_parquet(answer: Rows, file: IO[bytes]) -> None:
    """The flat cells as Parquet."""
    written = io.BytesIO()
    answer.to_polars().write_parquet(written, compression="zstd")
    file.write(written.getbuffer())


WRITERS: Final[Mapping[str, Callable[[Rows, IO[bytes]], None]]] = {
    "json": write_json,
    "csv": write_csv,
    "md": write_md,
    "parquet": write_parquet,
}


def _plain(cell: object) -> str:
    return "" if cell is None else str(cell)


def _cell(cell: object) -> str:
    """A cell that stays one cell and no markup."""
    text = _plain(cell).replace("\\", "\\\\").replace("|", "\\|").replace("\r", " ").replace("\n", " ")
    return text.replace("<", "&lt;")
