"""Events on a calendar: TimelineJS JSON and iCalendar (RFC 5545)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from graph import when as when_
from graph.claim import Claim
from graph.entity import Event, event
from graph.exports.extract import Extract
from graph.when import END_OF_TIME, START_OF_TIME, When


def events(extract: Extract) -> Iterator[Event]:
    """The dated events of the extract in time order."""
    held: dict[str, list[Claim]] = {}
    for claim in extract.claims:
        held.setdefault(claim.subject, []).append(claim)
    found = [
        event(e, held[e.id], extract.model)
        for e in extract.bundle.entities
        if e.id in held and extract.model.is_event(e.kind)
    ]
    yield from sorted((e for e in found if e.when), key=lambda e: (e.when.begin_earliest if e.when else 0, e.id))


def sources(found: Event, extract: Extract) -> list[tuple[str, str]]:
    """Publisher name and address of every article that dates the event, sorted."""
    articles = {extract.article[c.article] for claim in found.of("happened") for c in claim.citations}
    return sorted((extract.name(a.publisher), a.url) for a in articles)


def write_timelinejs(extract: Extract, file: IO[bytes]) -> None:
    """TimelineJS 3 JSON: one slide an event, coarse dates kept coarse."""
    slides = []
    for found in events(extract):
        assert found.when is not None
        begin, end = _dates(found.when)
        slides.append(
            {
                "start_date": begin,
                **({"end_date": end} if end != begin else {}),
                "display_date": found.when.text,
                "unique_id": found.id,
                "group": extract.model.kind(found.kind).label,
                "text": {"headline": _escape(found.name), "text": _slide(found, extract)},
            }
        )
    file.write(json.dumps({"events": slides}, ensure_ascii=False, indent=1).encode())


def _slide(found: Event, extract: Extract) -> str:
    """Summary and linked sources: a credit would be shown beside a picture only, and there is none."""
    links = [
        f'<a href="{_escape(url)}" rel="noopener noreferrer nofollow">{_escape(name)}</a>'
        for name, url in sources(found, extract)
        if url.startswith(("http://", "https://"))
    ]
    return f"<p>{_escape(found.value('summary'))}</p><p>{', '.join(links)}</p>"


def _dates(time: When) -> tuple[dict[str, Any], dict[str, Any]]:
    left, _, right = time.text.partition("/")
    return _parts(left, time.begin_earliest), _parts(right or left, time.end_latest)


def _parts(text: str, day: int) -> dict[str, Any]:
    year, month, number = when_.civil(day)
    precision = text.count("-", 1)
    found: dict[str, Any] = {"year": year}
    if precision >= 1:
        found["month"] = month
    if precision >= 2:
        found["day"] = number
    return found


def _escape(text: str) -> str:
    """TimelineJS puts its texts into the page as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def write_ical(extract: Extract, file: IO[bytes]) -> None:
    """An iCalendar of all-day events; DTEND is the day after the last possible day (RFC 5545, 3.6.1)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Backstory//Claims//EN", "CALSCALE:GREGORIAN"]
    for found in events(extract):
        time = found.when
        assert time is not None
        if time.begin_earliest <= START_OF_TIME or time.end_latest >= END_OF_TIME:
            continue
        recorded = max((c.recorded for c in found.claims), default="") or when_.iso(time.begin_earliest)
        addresses = "\n".join(f"{name}: {url}" for name, url in sources(found, extract))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{found.id}@backstory.example",
            f"DTSTAMP:{recorded.replace('-', '')}T000000Z",
            f"DTSTART;VALUE=DATE:{_compact(time.begin_earliest)}",
            f"DTEND;VALUE=DATE:{_compact(time.end_latest + 1)}",
            f"SUMMARY:{_ical(found.name)}",
            f"DESCRIPTION:{_ical(found.value('summary') + chr(10) + addresses)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    file.write("".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode())


def _compact(day: int) -> str:
    return when_.iso(day).replace("-", "")


def _ical(text: str) -> str:
    for old, new in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(old, new)
    return text


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, never cut inside a character."""
    current, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > 74:
            yield current
            current, size = " ", 1
        current, size = current + character, size + width
    yield current
