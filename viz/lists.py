"""Pages that list: search, years, sources, map, table, corrections, what is missing, about, and the one for nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from graph import when as when_
from graph import yaml_file
from graph.questions import coverage, lacking
from graph.questions.lacking import Tally
from graph.when import Day
from viz import cast, dates, dossier, front, tables, words, worldmap
from viz import search as folding
from viz.setting import NOT_THERE, Setting, common
from viz.tables import Cell, Table
from viz.templating import environment

Item = tuple[str, str, str]
ABOUT: Final = "about/index.html"
OLD_DAYS: Final = 2 * 365
CORRECTIONS_MOST: Final = 300
NAMED_MOST: Final = 5


def _page(setting: Setting, path: str, kicker: str, title: str, **parts: Any) -> dict[str, str]:
    """A page that lists, by its path."""
    filled = {
        "lead": "",
        "sections": (),
        "prose": (),
        "search": False,
        "figure": "",
        "years": (),
        "tables": (),
        "files": (),
        **parts,
    }
    extra = (*(("search.js",) if filled["search"] else ()), *(("lists.js",) if filled["tables"] else ()))
    kind = {"@context": "https://schema.org/", "@type": "CollectionPage", "name": title, "url": setting.base + path}
    template = environment().get_template("list.html")
    described = filled["lead"] or f"{title}: {kicker.lower()} of Backstory."
    shared = common(setting, path, extra=extra)
    return {path: template.render(kicker=kicker, title=title, described=described, linked=kind, **shared, **filled)}


def named(setting: Setting, kind: str) -> list[Item]:
    """The things of exactly one kind by name: path, name, nothing."""
    found = [e for e in setting.shelf.entities(kind) if e.kind == kind]
    return [(setting.to(e.id), e.name, "") for e in sorted(found, key=lambda e: folding.fold(e.name))]


def nothing(setting: Setting) -> dict[str, str]:
    """The page for addresses that no page has."""
    return _page(
        setting, NOT_THERE, "Not here", "No page has this address", search=True,
        lead="It may have moved: ids of things never change, so searching for its name will find it.",
    )  # fmt: skip


def search(setting: Setting) -> dict[str, str]:
    """The page to search on."""
    counts = Counter(setting.shelf.model.kind(e.kind).plural for e in setting.shelf.things.values())
    lead = ", ".join(f"{n:,} {k}" for k, n in counts.most_common(5)) + " and more."
    sections = [("Countries", "", named(setting, "Country")), ("Alliances and blocs", "", named(setting, "Alliance"))]
    return _page(setting, "search/index.html", "Search", "Find a name", lead=lead, search=True, sections=sections)


def by_year(setting: Setting) -> dict[int, list[tuple[Day, str, str, str]]]:
    """The dated events by year, each year's earliest first."""
    found: dict[int, list[tuple[Day, str, str, str]]] = defaultdict(list)
    for row in reversed(front.latest(setting)):
        found[when_.civil(row[0])[0]].append(row)
    return dict(found)


def years(setting: Setting) -> dict[str, str]:
    """The page of all years, and one each, by path."""
    return _years(setting) | _year_pages(setting)


def _years(setting: Setting) -> dict[str, str]:
    years = by_year(setting)
    most = max((len(rows) for rows in years.values()), default=1)
    rows = [
        (f"when/{y}/index.html", y, len(years[y]), round(100 * len(years[y]) / most))
        for y in sorted(years, reverse=True)
    ]
    total = sum(len(r) for r in years.values())
    lead = f"{total} dated events, {min(years)} to {max(years)}." if years else ""
    return _page(setting, "years/index.html", "Years", "Events by year", lead=lead, years=rows)


def _year_pages(setting: Setting) -> dict[str, str]:
    years = by_year(setting)
    found: dict[str, str] = {}
    for year, rows in years.items():
        months: dict[int, list[Item]] = defaultdict(list)
        for day, to, name, date in rows:
            months[when_.civil(day)[1]].append((to, name, date))
        sections = [(dates.MONTHS[m - 1], "", items) for m, items in sorted(months.items())]
        path = f"when/{year}/index.html"
        around = [(f"when/{y}/index.html", str(y)) for y in sorted(years)]
        at = [y for _, y in around].index(str(year))
        count = f"{len(rows)} dated event{'' if len(rows) == 1 else 's'}"
        found |= _page(
            setting, path, "Year", str(year), sections=sections, lead=f"{count} in the order they happened.",
            before=around[at - 1] if at else None, after=around[at + 1] if at + 1 < len(around) else None,
        )  # fmt: skip
    return found


def sources(setting: Setting) -> dict[str, str]:
    """Who publishes what the graph rests on, and under which licences."""
    shelf = setting.shelf
    count = Counter(a.publisher for a in shelf.papers.values())
    cited = Counter(shelf.papers[c.article].publisher for claim in shelf.every() for c in claim.citations)
    known = [(p, n) for p, n in count.most_common() if p in shelf.things]
    rows = [
        (setting.to(p), shelf.things[p].name, _owner(p, setting), n, cited[p])
        for p, n in sorted(known, key=lambda r: (-r[1], shelf.things[r[0]].name))
    ]
    licences = Counter(a.licence for a in shelf.papers.values() if a.licence)
    texts = [f"{name}: {n} document{'' if n == 1 else 's'}." for name, n in licences.most_common()]
    texts.append(
        "Articles are not copied: the graph holds facts in our own words, short quotes, and each article's address."
    )
    table = tables.Table(
        "Publishers", ("Publisher", "Owner", "Articles", "Citations"), rows=[
            (tables.Cell(name, to), tables.Cell(owner), tables.Cell(f"{n:,}", value=n), tables.Cell(f"{c:,}", value=c))
            for to, name, owner, n, c in rows
        ],
    )  # fmt: skip
    lead = f"{len(shelf.papers):,} articles and documents by {len(count):,} publishers."
    return tables.page(
        setting, "sources/index.html", "Sources", "Who says so", lead, [table], prose=[("Licences", texts)]
    )


def _owner(publisher: str, setting: Setting) -> str:
    held = setting.shelf.claims(subject=publisher, predicate="ownedBy")
    return words.name(held[0].value, setting.shelf) if held else ""


def about(setting: Setting, numbers: Mapping[str, object]) -> dict[str, str]:
    """How the site is made; `numbers` fill the gaps in its text."""
    raw = yaml_file.read(Path(__file__).parent / "about.yaml")
    prose = [(part["heading"], [str(t).format(**numbers) for t in part["text"]]) for part in raw]
    lead = "Dated claims, each with its source; chains and sentences made from them by rules anybody can read."
    return _page(setting, ABOUT, "About", "How this is made", prose=prose, lead=lead)


def world(setting: Setting) -> dict[str, str]:
    """The map of the world with the places of events."""
    shelf = setting.shelf
    codes = {c.value: c.subject for c in shelf.claims(predicate="isoCode") if c.subject in shelf.things}
    events = worldmap.marks(setting)
    figure = worldmap.svg(
        {code: ("../" + setting.to(e), shelf.things[e].name) for code, e in codes.items()}, events, root="../"
    )
    lead = (
        "Choose a country, or a mark where events happened. Lines are de facto lines of Natural Earth, 1:110 million; "
        "no position on disputed borders is taken: who administers and who claims a place are separate claims here."
    )
    sections = [
        (
            "Where events happened",
            "",
            [(p.path, p.name, f"{p.events} event{'' if p.events == 1 else 's'}") for p in events],
        ),
        ("Countries", "", named(setting, "Country")),
        ("Territories", "", named(setting, "Territory")),
    ]
    return _page(setting, "map/index.html", "Map", "The world", lead=lead, figure=figure, sections=sections)


def corrections(setting: Setting) -> dict[str, str]:
    """Claims that were withdrawn or superseded, the latest first."""
    shelf = setting.shelf
    gone = [c for c in shelf.every() if not coverage.is_said(c)]
    rows = []
    for claim in sorted(gone, key=lambda c: (c.withdrawn or c.recorded, c.id), reverse=True)[:CORRECTIONS_MOST]:
        newer = claim.superseded_by
        now = words.words(shelf.said[newer], shelf, day=setting.as_of) if newer in shelf.said else "withdrawn"
        rows.append(
            (setting.to(claim.subject), words.words(claim, shelf, day=setting.as_of), f"{claim.withdrawn}: {now}")
        )
    lead = "A corrected claim keeps its history: what was said, when it was withdrawn, and what stands in its place."
    note = "" if rows else "No claim has been corrected so far."
    return _page(
        setting, "corrections/index.html", "Corrections", "What we corrected", lead=lead, sections=[
            ("Corrected claims", note, rows)
        ],
    )  # fmt: skip


def missing(setting: Setting) -> dict[str, str]:
    """States without a known head, what is missing of each kind, things long unconfirmed; and all of it as CSV."""
    shelf, day = setting.shelf, setting.as_of
    roles = {"headOfStateOf": "head of state", "headOfGovernmentOf": "head of government"}
    leaderless = [
        (setting.to(m.country), f"{words.name(m.country, shelf)}: {roles[m.role]}"
         + (f", last known {words.name(m.last, shelf)}" if m.last else ""), "")
        for m in coverage.missing_leaders(shelf, day)
    ]  # fmt: skip
    old: Counter[str] = Counter()
    for claim in shelf.every():
        if (
            claim.confirmed
            and when_.day(claim.confirmed) < day - OLD_DAYS
            and claim.time
            and claim.time.holds(day) is not when_.Held.NO
        ):
            old[claim.predicate] += 1
    stale = [[Cell(dossier.title_of(p, True, shelf)), Cell(f"{n:,}", value=n)] for p, n in old.most_common()]
    tallies = lacking.tallies(shelf, day)
    lead = "What a reader would look for and the graph does not hold, or holds only from long ago."
    unsure = Table("Not confirmed for two years", ("Relations that may be over", "Claims"), stale)
    page = _page(
        setting, "missing/index.html", "Gaps", "What is missing", lead=lead,
        sections=[("Leaders not known", f"On {dates.day(day)}.", leaderless)] if leaderless else [],
        tables=[t for t in (_tallied(tallies, setting), unsure) if t.rows],
        files=[(tables.MISSING, "What is missing of each thing")],
    )  # fmt: skip
    rows = sorted(
        (name, shelf.things[name].name, tally.kind, tally.what, setting.base + setting.to(name))
        for tally in tallies
        for name in tally.things
    )
    return page | {tables.MISSING: tables.csv_text(("id", "name", "kind", "missing", "page"), rows)}


def _tallied(tallies: Sequence[Tally], setting: Setting) -> Table:
    """Of each kind what is missing about how many; the few that lack it by name."""
    rows = []
    for tally in tallies:
        few = tally.things[:NAMED_MOST]
        named = tables.things(few, setting) if len(few) == len(tally.things) else Cell("")
        many = Cell(f"{len(tally.things):,}", value=len(tally.things))
        rows.append(
            (Cell(cast.capital(tally.kind)), Cell(tally.what), many, Cell(f"{tally.of:,}", value=tally.of), named)
        )
    return Table("By kind", ("Kind", "Missing", "How many", "Of", "Which"), rows)
