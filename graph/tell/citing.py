"""One source as a reference: plain text, Markdown, BibTeX, CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

from graph.claim import Article
from graph.marks import apart
from graph.tell.paragraph import Source


def source(article: Article, publisher: str, number: int = 0) -> Source:
    """An article as what a reference is made of; `publisher` is its publisher's name."""
    return Source(
        number, article.id, publisher, article.title, article.url, article.published, article.accessed, article.archived
    )


def text(source: Source) -> str:
    """A line of plain text: publisher, title when it is known, date (EDTF), address."""
    title = f"“{apart(source.title)}”, " if source.title else ""
    return f"{apart(source.publisher)}, {title}{source.published}, {source.url}"


def markdown(source: Source) -> str:
    """A line of Markdown: publisher, the title or else the date as a link, date."""
    called = apart(escaped(source.title or source.published))
    return f"{apart(escaped(source.publisher))}, [{called}]({source.url}){dated(source)}."


def escaped(words: str) -> str:
    """Words whose marks Markdown leaves alone."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>" else c for c in words)


def dated(source: Source) -> str:
    """The day after a title; where no title is known the day stands in its place already."""
    return f", {source.published}" if source.title else ""


def bibtex(source: Source) -> str:
    """A BibTeX entry; `urldate` is the day it was retrieved, `year` and `month` as far as they are known."""
    parts = _parts(source.published)
    fields = {
        "title": f"{{{_tex(source.title)}}}" if source.title else "",
        "author": f"{{{{{_tex(source.publisher)}}}}}",
        "year": f"{{{source.published[:4]}}}",
        "month": f"{{{parts[1]}}}" if len(parts) > 1 else "",
        "url": f"{{{source.url}}}",
        "urldate": f"{{{source.accessed}}}" if source.accessed else "",
        "note": f"{{Archived at \\url{{{source.archived}}}}}" if source.archived else "",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@misc{{{source.article},\n{lines}\n}}\n"


def _tex(words: str) -> str:
    return "".join(f"\\{c}" if c in "&%$#_{}" else c for c in words)


def item(source: Source) -> dict[str, Any]:
    """An item of CSL-JSON (Citation Style Language 1.0.2)."""
    found: dict[str, Any] = {"id": source.article, "type": "article-newspaper", "URL": source.url}
    found |= {"title": source.title} if source.title else {}
    found["container-title"] = source.publisher
    for name, day in (("issued", source.published), ("accessed", source.accessed)):
        if parts := _parts(day):
            found[name] = {"date-parts": [parts]}
    return found | ({"archive_location": source.archived} if source.archived else {})


def _parts(date: str) -> list[int]:
    """Year, month and day of the begin of an EDTF date, as far as they are known."""
    return [int(p) for p in date.rstrip("?~%").split("/")[0].split("-") if p.isdigit()]


def csl(sources: Iterable[Source]) -> str:
    """Sources as a file of CSL-JSON."""
    return json.dumps([item(s) for s in sources], ensure_ascii=False, indent=2) + "\n"


FORMS: Final[dict[str, Callable[[Iterable[Source]], str]]] = {
    "Text": lambda sources: "\n".join(map(text, sources)),
    "Markdown": lambda sources: "\n\n".join(map(markdown, sources)),
    "BibTeX": lambda sources: "\n".join(map(bibtex, sources)),
    "CSL-JSON": csl,
}
"""How sources are written for whoever cites them, by the name a reader knows."""
