"""What an event of ICEWS cites: the news stories of its day, which the data set codes and does not name."""

from __future__ import annotations

from graph.claim import Article, article_id
from graph.sources.source import Source

BASIS = "the day of the stories"


def stories(source: Source, date: str) -> Article:
    """The stories of one day, at the address of the data set.

    The date of an event is the day of the story it was coded from, so on that day it was known.
    """
    return Article(
        article_id(f"{source.url} {date}"),
        source.url,
        f"News stories of {date}, as coded in {source.title}",
        source.publisher,
        date,
        BASIS,
        licence=source.licence,
    )
