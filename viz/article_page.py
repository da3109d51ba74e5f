"""The page of an article: what it says, who says so in it, and who else says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.claim import Claim, Stance
from graph.tell import citing
from graph.voices import owner
from viz import cast, dates, previews, words
from viz.setting import Setting, common
from viz.shelf import Shelf
from viz.templating import environment

CLAIMS_MOST = 200
OTHERS_MOST = 6
_LABELS: Final = {"summary": "In short", "happened": "Date", "tookPlaceIn": "Place", "about": "Topic"}


@dataclass(frozen=True, slots=True)
class Saying:
    """One claim of the article: what, the quote, whether it is denied and whether sources differ.

    What is said of an event is a `label` with what it is; of anything else a sentence without a label.
    """

    label: str
    text: str
    quote: str
    denied: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class Backing:
    """Behind claims: in whose words the article has them, the first few others who say the same, how many more."""

    who: str
    others: tuple[str, ...]
    more: int


Subjects = dict[str, dict[Backing, list[Saying]]]


def html(name: str, setting: Setting) -> str:
    """The page of an article."""
    shelf = setting.shelf
    article = shelf.article(name)
    publisher = words.name(article.publisher, shelf)
    published = dates.when(article.published)
    called = article.called(publisher, published)
    claims = [c for c in shelf.cited_by(name) if c.predicate != "inStory"]  # which story it is in nobody says but we
    about: Subjects = defaultdict(lambda: defaultdict(list))
    for claim in sorted(claims[:CLAIMS_MOST], key=_place):
        about[claim.subject][_backing(claim, name, publisher, shelf)].append(_saying(claim, name, setting))
    held = owner(article.publisher, shelf)
    return environment().get_template("article.html").render(
        article=article,
        called=called,
        publisher=publisher,
        owner=words.name(held, shelf) if held != article.publisher else "",
        origin=words.name(article.origin, shelf) if article.origin and article.origin != article.publisher else "",
        published=published,
        accessed=dates.when(article.accessed),
        subjects=[
            (thing, cast.capital(words.name(thing, shelf)), shelf.model.kind(shelf.entity(thing).kind).label, says)
            for thing, says in _ordered(about, shelf)
        ],
        claims=len(claims),
        more=max(0, len(claims) - CLAIMS_MOST),
        cites=cites([name], shelf),
        described=f"What {publisher} says in {called}, claim by claim, and who else says it.",
        linked={
            "@context": "https://schema.org/", "@type": "Article", "@id": article.url, "url": article.url,
            "headline": called, "inLanguage": article.lang, "datePublished": article.published,
            "publisher": {"@type": "Organization", "name": publisher},
        },
        **common(setting, setting.to(name), extra=("copy.js",), preview=previews.of_kind("source")),
    )  # fmt: skip


def cites(articles: Iterable[str], shelf: Shelf) -> dict[str, str]:
    """References to articles, by the name of each way to write them."""
    found = [shelf.article(a) for a in articles]
    sources = [citing.source(a, words.name(a.publisher, shelf)) for a in found]
    return {name: form(sources).rstrip("\n") for name, form in citing.FORMS.items()}


def _place(claim: Claim) -> int:
    """What an event was comes first, then when, then the rest as it came."""
    return {"summary": -2, "happened": -1}.get(claim.predicate, 0)


def _ordered(about: Subjects, shelf: Shelf) -> list[tuple[str, dict[Backing, list[Saying]]]]:
    """What most is said about first."""
    return sorted(about.items(), key=lambda kv: (-sum(map(len, kv[1].values())), words.name(kv[0], shelf)))


def _text(claim: Claim, setting: Setting) -> tuple[str, str]:
    shelf = setting.shelf
    if not shelf.model.is_event(shelf.entity(claim.subject).kind):
        return "", words.words(claim, shelf, day=setting.as_of)
    label = _LABELS.get(claim.predicate) or shelf.model.predicate(claim.predicate).label
    text = words.value(claim, shelf)
    return label[:1].upper() + label[1:], text[:1].upper() + text[1:]


def _saying(claim: Claim, name: str, setting: Setting) -> Saying:
    own = [c for c in claim.citations if c.article == name]
    label, text = _text(claim, setting)
    denied = all(c.stance is Stance.DENIES for c in own)
    return Saying(label, text, next((c.quote for c in own if c.quote), ""), denied, bool(claim.contradicts))


def _backing(claim: Claim, name: str, publisher: str, shelf: Shelf) -> Backing:
    who = sorted({words.name(c.speaker, shelf) for c in claim.citations if c.article == name and c.speaker})
    others = sorted({words.name(shelf.article(c.article).publisher, shelf) for c in claim.citations} - {publisher})
    return Backing(", ".join(who), tuple(others[:OTHERS_MOST]), max(0, len(others) - OTHERS_MOST))
