"""A paragraph for people and programs: text, Markdown, HTML with footnotes, JSON, CSL-JSON, BibTeX."""

from __future__ import annotations

import html as html_
import json
from collections.abc import Sequence
from typing import Any

from graph import when as when_
from graph.tell import citing
from graph.tell.paragraph import Paragraph, Sentence, Source


def text(paragraph: Paragraph) -> str:
    """Plain text with the best sources of each sentence, flags and footer; the others are counted."""
    body = " ".join(f"{s.text} {_marks(s, paragraph)}".rstrip() for s in paragraph.sentences)
    flags = [f"  ! {flag}: {s.text}" for s in paragraph.sentences for flag in s.flags]
    shown = _shown(paragraph)
    sources = [f"  [{s.number}] {citing.text(s)}" for s in shown]
    left = [f"  - {event}: {why}" for event, why in paragraph.left_out]
    more = len(paragraph.sources) - len(shown)
    sources += [f"  and {more} more (--format json lists them)"] if more else []
    parts = [body, "Sources:", *sources]
    parts += ["Look again:", *flags] if flags else []
    parts += ["Left out:", *left] if left else []
    return "\n".join([*parts, footer(paragraph)]) + "\n"


def markdown(paragraph: Paragraph) -> str:
    """Markdown with footnotes for the best sources of each sentence."""
    body = " ".join(s.text + "".join(f"[^{paragraph.numbers[a]}]" for a in s.best) for s in paragraph.sentences)
    shown = _shown(paragraph)
    notes = [f"[^{s.number}]: {citing.markdown(s)}" for s in shown]
    more = len(paragraph.sources) - len(shown)
    further = f" {more} further articles say the same." if more else ""
    return "\n".join([body, "", *notes, "", f"*{footer(paragraph)}{further}*"]) + "\n"


def _shown(paragraph: Paragraph) -> list[Source]:
    """The sources that stand beside some sentence, by number."""
    kept = {a for s in paragraph.sentences for a in s.best}
    return [s for s in paragraph.sources if s.article in kept]


def html(paragraph: Paragraph) -> str:
    """An HTML fragment: a paragraph with footnotes, the sources shown, all others behind "and N more", a footer."""
    e = html_.escape
    body = " ".join(
        f'<span data-claims="{e(" ".join(s.claims))}">{e(s.text)}</span>{_notes(s, number, paragraph)}'
        for number, s in enumerate(paragraph.sentences, 1)
    )
    shown = _shown(paragraph)
    rest = [s for s in paragraph.sources if s not in shown]
    further = "".join(
        f'<li id="more-{number}">Sentence {number}: {_links([a for a in s.sources if a not in s.best], paragraph)}</li>'
        for number, s in enumerate(paragraph.sentences, 1)
        if len(s.sources) > len(s.best)
    )
    more = (
        f"<details><summary>and {len(rest)} more</summary>"
        f'<ol start="{len(shown) + 1}">{"".join(map(_item, rest))}</ol><ul>{further}</ul></details>\n'
        if further
        else ""
    )
    return f"<p>{body}</p>\n<ol>{''.join(map(_item, shown))}</ol>\n{more}<p><small>{e(footer(paragraph))}</small></p>\n"


def _notes(sentence: Sentence, number: int, paragraph: Paragraph) -> str:
    """The footnote marks of a sentence, and a link to its further sources."""
    marks = "".join(
        f'<sup><a href="#source-{paragraph.numbers[a]}">{paragraph.numbers[a]}</a></sup>' for a in sentence.best
    )
    more = len(sentence.sources) - len(sentence.best)
    return marks + (f'<sup><a href="#more-{number}">+{more}</a></sup>' if more else "")


def _links(articles: Sequence[str], paragraph: Paragraph) -> str:
    return ", ".join(f'<a href="#source-{paragraph.numbers[a]}">{paragraph.numbers[a]}</a>' for a in articles)


def _item(source: Source) -> str:
    e = html_.escape
    title = e(source.title or source.published)
    return (
        f'<li id="source-{source.number}"><bdi>{e(source.publisher)}</bdi>, '
        f'<a href="{e(source.url)}" rel="noopener noreferrer nofollow"><bdi>{title}</bdi></a>'
        f"{e(citing.dated(source))}</li>"
    )


def value(paragraph: Paragraph) -> dict[str, Any]:
    """Plain JSON values: sentences with spans, claims, sources, support and flags."""
    return {
        "title": paragraph.title,
        "text": paragraph.text,
        "words": paragraph.words,
        "as_of": paragraph.as_of and when_.iso(paragraph.as_of),
        "known_at": paragraph.known_at and when_.iso(paragraph.known_at),
        "fingerprint": paragraph.fingerprint,
        "config": paragraph.config,
        "sentences": [_sentence(s, paragraph) for s in paragraph.sentences],
        "sources": [
            {
                "number": s.number,
                "article": s.article,
                "publisher": s.publisher,
                "title": s.title,
                "url": s.url,
                "published": s.published,
            }
            for s in paragraph.sources
        ],
        "claims": [{"claim": b.claim, "hash": b.hash, "against": list(b.against)} for b in paragraph.basis],
        "left_out": [{"event": event, "why": why} for event, why in paragraph.left_out],
        "footer": footer(paragraph),
    }


def _sentence(sentence: Sentence, paragraph: Paragraph) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "kind": sentence.kind,
        "about": sentence.about,
        "also": list(sentence.also),
        "support": sentence.support.value,
        "flags": list(sentence.flags),
        "claims": list(sentence.claims),
        "sources": [paragraph.numbers[a] for a in sentence.sources],
        "best": [paragraph.numbers[a] for a in sentence.best],
        "spans": [{"text": s.text, "claims": list(s.claims), "rule": s.rule} for s in sentence.spans],
    }


def as_json(paragraph: Paragraph) -> str:
    """The paragraph as indented JSON."""
    return json.dumps(value(paragraph), ensure_ascii=False, indent=2) + "\n"


def csl(paragraph: Paragraph) -> str:
    """The sources as CSL-JSON (Citation Style Language 1.0.2)."""
    return citing.csl(paragraph.sources)


def bibtex(paragraph: Paragraph) -> str:
    """The sources as BibTeX entries."""
    return "\n".join(map(citing.bibtex, paragraph.sources))


def footer(paragraph: Paragraph) -> str:
    """What it was made from, as of when."""
    day = f" as of {when_.iso(paragraph.as_of)}" if paragraph.as_of else ""
    known = f", known by {when_.iso(paragraph.known_at)}" if paragraph.known_at else ""
    return f"Generated from {len(paragraph.claims)} sourced claims{day}{known}; graph {paragraph.fingerprint[:12]}."


def _marks(sentence: Sentence, paragraph: Paragraph) -> str:
    numbers = ", ".join(str(paragraph.numbers[a]) for a in sentence.best)
    more = len(sentence.sources) - len(sentence.best)
    return f"[{numbers} and {more} more]" if more else f"[{numbers}]"


FORMATS = {"text": text, "md": markdown, "html": html, "json": as_json, "csl": csl, "bibtex": bibtex}
