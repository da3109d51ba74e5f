"""A tiny true world: Finland and NATO, Ukraine, Russia and Crimea, from real articles.

Small enough to know by heart: relations over time and four events, with a contested pair,
a date on which two outlets differ, and stated links.
"""

from __future__ import annotations

from dataclasses import replace

from graph.claim import Article, Citation, Claim, Entity, Literal, Status, article_id
from graph.rdf import Bundle

RECORDED = "2026-11-23"


def entity(name: str, kind: str, text: str, *aliases: str) -> Entity:
    """An entity with an English name."""
    return Entity(name, kind, ((text, "en"),), tuple((a, "en") for a in aliases))


def article(url: str, publisher: str, published: str, title: str, *, origin: str = "", lang: str = "en") -> Article:
    """An article seen on the day the world was written down."""
    return Article(article_id(url), url, title, publisher, published, "page", lang, origin=origin, accessed=RECORDED)


DERRY = article(
    "https://www.derryjournal.com/read-this/finland-joins-nato-what-country-is-and-isnt-a-member-state-4092463",
    "derry-journal",
    "2023-04-04",
    "Finland joins NATO: what country is and isn't a member state",
)
NATIONAL = article(
    "https://www.thenationalnews.com/world/uk-news/2023/04/04/nato-countries-which-member-states-are-in-the-military-alliance/",
    "the-national",
    "2023-04-04",
    "Nato countries: which member states are in the military alliance",
)
CITYNEWS = article(
    "https://toronto.citynews.ca/2024/03/01/new-finnish-leader-alexander-stubb-says-it-took-final-step-into-western-community-by-joining-nato/",
    "citynews-toronto",
    "2024-03-01",
    "New Finnish leader Alexander Stubb says it took 'final step' into Western community by joining NATO",
    origin="ap",
)
BASHINFORM = article(
    "http://www.bashinform.ru/eng/615665/",
    "bashinform",
    "2014-03-18",
    "Republic of Crimea became part of the Russian Federation",
)
INQUIRE = article(
    "https://inquirelive.co.uk/news/crimea-signs-referendum-to-join-russia/",
    "inquire-live",
    "2014-03?",
    "",  # its title is not known
)
CFR = article(
    "http://www.cfr.org/territorial-disputes/un-resolution-res68262-territorial-integrity-ukraine/p32709?cid=rss-globalgovernance-un_resolution_a/res/68/262_ter-032714",
    "council-on-foreign-relations",
    "2014-03-27",
    "UN Resolution A/RES/68/262 Territorial Integrity of Ukraine",
)
ARTICLES = (DERRY, NATIONAL, CITYNEWS, BASHINFORM, INQUIRE, CFR)

ENTITIES = (
    entity("finland", "Country", "Finland"),
    entity("ukraine", "Country", "Ukraine"),
    entity("russia", "Country", "Russia", "Russian Federation"),
    entity("nato", "Alliance", "NATO", "North Atlantic Treaty Organization"),
    entity("united-nations", "Organization", "United Nations", "UN"),
    entity("crimea", "Territory", "Crimea"),
    entity("moscow-ru", "City", "Moscow"),
    entity("sauli-niinisto", "Person", "Sauli Niinistö", "Sauli Niinisto"),
    entity("alexander-stubb", "Person", "Alexander Stubb"),
    entity("vladimir-putin", "Person", "Vladimir Putin"),
    entity("crimea-accession-treaty", "Agreement", "Treaty on the accession of Crimea to Russia"),
    entity("finland-joins-nato-2023", "Accession", "Finland joins NATO"),
    entity("crimea-referendum-2014", "Vote", "Referendum in Crimea"),
    entity("crimea-treaty-2014", "Signing", "Signing of the Crimea treaty"),
    entity("un-vote-crimea-2014", "Vote", "UN vote on Ukraine's territorial integrity"),
    *(
        entity(a.publisher, "Source", name)
        for a, name in zip(
            ARTICLES,
            (
                "Derry Journal",
                "The National",
                "CityNews Toronto",
                "Bashinform",
                "Inquire Live",
                "Council on Foreign Relations",
            ),
            strict=True,
        )
    ),
    entity("ap", "Source", "The Associated Press", "AP"),
)


def said(*articles: Article, speaker: str = "") -> tuple[Citation, ...]:
    """One citation an article."""
    return tuple(Citation(a.id, speaker=speaker) for a in articles)


def claim(subject: str, predicate: str, thing: str | Literal, by: tuple[Citation, ...], when: str = "") -> Claim:
    """An accepted claim."""
    return Claim(subject, predicate, thing, by, when, recorded=RECORDED)


def happened(event: str, when: str, *by: Article) -> Claim:
    """The date of an event."""
    return claim(event, "happened", Literal(when, "date"), said(*by), when)


def contradicting(first: Claim, second: Claim, *, contested: tuple[bool, bool]) -> tuple[Claim, Claim]:
    """Two claims that name each other; each is contested when the flag at its place says so."""
    status = [Status.CONTESTED if flag else Status.ACCEPTED for flag in contested]
    return (
        replace(first, contradicts=(second.id,), status=status[0]),
        replace(second, contradicts=(first.id,), status=status[1]),
    )


CLAIMS = (
    claim("finland", "memberOf", "nato", said(DERRY, NATIONAL), "2023-04-04/.."),
    claim("alexander-stubb", "headOfStateOf", "finland", said(CITYNEWS), "2024-03-01/.."),
    claim("sauli-niinisto", "headOfStateOf", "finland", said(CITYNEWS), "2012/2024-03-01"),
    *contradicting(
        claim("russia", "administers", "crimea", said(BASHINFORM), "2014-03-18/.."),
        claim("ukraine", "administers", "crimea", said(INQUIRE, speaker="ukraine"), "1991/.."),
        contested=(True, True),
    ),
    happened("finland-joins-nato-2023", "2023-04-04", DERRY, NATIONAL),
    claim("finland-joins-nato-2023", "actor", "finland", said(DERRY)),
    claim("finland-joins-nato-2023", "target", "nato", said(DERRY)),
    *contradicting(
        happened("crimea-referendum-2014", "2014-03-16", BASHINFORM, CFR),
        happened("crimea-referendum-2014", "2014-03-15", INQUIRE),
        contested=(False, True),
    ),
    claim("crimea-referendum-2014", "tookPlaceIn", "crimea", said(BASHINFORM)),
    happened("crimea-treaty-2014", "2014-03-18", BASHINFORM, INQUIRE),
    claim("crimea-treaty-2014", "signatory", "vladimir-putin", said(BASHINFORM)),
    claim("crimea-treaty-2014", "about", "crimea-accession-treaty", said(BASHINFORM)),
    claim("crimea-treaty-2014", "tookPlaceIn", "moscow-ru", said(BASHINFORM)),
    claim("crimea-treaty-2014", "after", "crimea-referendum-2014", said(INQUIRE)),
    happened("un-vote-crimea-2014", "2014-03-27", CFR),
    claim("un-vote-crimea-2014", "actor", "united-nations", said(CFR)),
    claim("un-vote-crimea-2014", "inResponseTo", "crimea-treaty-2014", said(CFR)),
)
WORLD = Bundle(ENTITIES, ARTICLES, CLAIMS)
