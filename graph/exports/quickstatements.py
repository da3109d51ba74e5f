"""Wikidata QuickStatements (version 1, tab-separated): accepted claims whose things have Wikidata ids.

Each article that states a claim is a reference of its own (`!S854` begins the next); what denies it is none.

Syntax: https://www.wikidata.org/wiki/Help:QuickStatements
"""

from __future__ import annotations

from typing import IO, Final

from graph.claim import Claim, Literal, Stance, Status
from graph.exports.extract import Extract

_REFERENCE, _START, _END = "S854", "P580", "P582"
# Properties that Wikidata states the other way round: from the country to the person or city.
_TURNED: Final = frozenset({"P35", "P6", "P1365"})


def write_quickstatements(extract: Extract, file: IO[bytes]) -> None:
    """One statement a line with start, end and reference address, sorted."""
    lines = {line for claim in extract.claims if (line := _line(claim, extract))}
    file.write("".join(f"{line}\n" for line in sorted(lines)).encode())


def _line(claim: Claim, extract: Extract) -> str:
    if claim.status is not Status.ACCEPTED or claim.withdrawn:
        return ""
    property_id = extract.model.predicate(claim.predicate).wikidata
    if not property_id or isinstance(claim.object, Literal):
        return ""
    subject, thing = _wikidata(claim.subject, extract), _wikidata(claim.value, extract)
    if not subject or not thing:
        return ""
    ends = (thing, subject) if property_id in _TURNED else (subject, thing)
    begin, _, end = claim.when.partition("/")
    parts = [ends[0], property_id, ends[1]]
    parts += [_START, _time(begin)] if _time(begin) else []
    parts += [_END, _time(end)] if _time(end) else []
    urls = sorted({extract.article[c.article].url for c in claim.citations if c.stance is Stance.STATES})
    for at, url in enumerate(urls):
        parts += [f"!{_REFERENCE}" if at else _REFERENCE, '"' + url.replace('"', "%22") + '"']
    return "\t".join(parts)


def _wikidata(entity: str, extract: Extract) -> str:
    found = extract.entity.get(entity)
    ids = [u.rsplit("/", 1)[1] for u in (found.same_as if found else ()) if "wikidata.org/entity/Q" in u]
    return ids[0] if ids else ""


def _time(text: str) -> str:
    """A QuickStatements time with its precision (9 year, 10 month, 11 day), or empty."""
    parts = text.split("-")
    if not text or text == ".." or not all(p.isdigit() for p in parts) or len(parts) > 3:
        return ""
    year, month, day = (*parts, "00", "00")[:3]
    return f"+{year}-{month}-{day}T00:00:00Z/{8 + len(parts)}"
