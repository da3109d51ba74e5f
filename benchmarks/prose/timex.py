"""How well dates in news texts are found and resolved: precision and recall against TIMEX3 annotations.

Run: python -m benchmarks.prose.timex FOLDER [--errors], a folder of TimeML files (*.tml), which is not part of
the project.
"""

from __future__ import annotations

import argparse
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import DateError
from graph.reading import spans
from graph.reading.dates import dates
from graph.reading.readings import DatePhrase
from graph.reading.spans import Span
from graph.reading.text import split
from graph.when import day, parse

TIMEX = re.compile(r"<TIMEX3([^>]*)>(.*?)</TIMEX3>", re.DOTALL)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True)
class Gold:
    """One annotated date: where it stands, its words and its value."""

    start: int
    end: int
    text: str
    value: str


def read(path: Path) -> tuple[int, str, list[Gold], list[tuple[int, int]]]:
    """The day of a text, the text, its annotated dates that name a time, and every other annotation's place."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    stamp = next(
        parts["value"].replace("-", "")[:8]
        for parts in (dict(ATTRIBUTE.findall(m[1])) for m in TIMEX.finditer(raw))
        if parts.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME")
    )
    body = raw[raw.find("<TEXT>") + 6 : raw.find("</TEXT>")]
    gold, others, plain, at = [], [], "", 0
    for match in TIMEX.finditer(body):
        plain += _stripped(body[at : match.start()])
        start = len(plain)
        plain += _stripped(match[2])
        at = match.end()
        parts = dict(ATTRIBUTE.findall(match[1]))
        value = re.sub(r"T.*$", "", parts.get("value", "")).replace("-XX", "")
        if parts.get("type") in ("DATE", "TIME") and re.match(r"\d{3}", value):
            gold.append(Gold(start, len(plain), plain[start:], value))
        else:
            others.append((start, len(plain)))
    plain += _stripped(body[at:])
    return day(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}"), plain, gold, others


def _stripped(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def found(text: str, today: int) -> Iterator[DatePhrase]:
    """The dates read in a text, with their places in it."""
    last: Span | None = None
    for passage in re.finditer(r"(?:.+\n?)+", text):
        for first, end in split(passage[0]):
            sentence = passage[0][first:end]
            base = passage.start() + first
            for phrase in dates(sentence, today, last):
                if phrase.spans and phrase.unit in ("day", "month", "year", "week"):
                    last = phrase.spans[0]
                yield DatePhrase(base + phrase.start, base + phrase.end, phrase.text, phrase.spans, phrase.unit)


def agrees(phrase: DatePhrase, value: str) -> bool:
    """Whether a reading is the annotated time: equal as TIMEX3 writes it, or the same days."""
    if not phrase.spans:
        return False
    value = re.sub(r"W(\d)$", r"W0\1", value)
    last = phrase.spans[0][1]
    names = {phrase.value, phrase.value.removesuffix("-WE"), spans.value((last, last), phrase.unit)}
    if value.rstrip("X") in {n.rstrip("X") for n in names}:
        return True
    try:
        time = parse(value)
    except DateError:
        return False
    return phrase.spans[0] == (time.begin_earliest, time.end_latest)


def main() -> None:
    """Print precision and recall of finding dates, and of finding them with the right value."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was missed, added or resolved differently")
    given = parser.parse_args()
    gold = matched = right = extra = 0
    for path in sorted(given.folder.glob("*.tml")):
        today, text, wanted, others = read(path)
        read_ = list(found(text, today))
        gold += len(wanted)
        for one in wanted:
            over = [p for p in read_ if p.start < one.end and one.start < p.end]
            matched += bool(over)
            good = any(agrees(p, one.value) for p in over)
            right += good
            if given.errors and not good:
                said = [(p.text, p.value) for p in over]
                print(
                    f"{path.name}: {one.text!r} = {one.value}: {said or 'missed'} "
                    f" …{text[one.start - 50 : one.end + 30]!r}"
                )
        places = [(g.start, g.end) for g in wanted] + others
        added = [p for p in read_ if not any(p.start < last and first < p.end for first, last in places)]
        extra += len(added)
        if given.errors:
            for p in added:
                print(f"{path.name}: added {p.text!r} = {p.value}  …{text[p.start - 50 : p.end + 30]!r}")
    print(f"dates annotated {gold}, found {matched}, with the right value {right}, added {extra}")
    precision, recall = matched / max(1, matched + extra), matched / max(1, gold)
    print(
        f"finding:   precision {precision:.3f}  recall {recall:.3f}  F1"
        f" {2 * precision * recall / (precision + recall):.3f}"
    )
    precision, recall = right / max(1, matched + extra), right / max(1, gold)
    print(
        f"resolving: precision {precision:.3f}  recall {recall:.3f}  F1"
        f" {2 * precision * recall / (precision + recall):.3f}"
    )
    print(f"right value among found: {right / max(1, matched):.3f}")


if __name__ == "__main__":
    main()
