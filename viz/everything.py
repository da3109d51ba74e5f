"""The page of everything at once: what it says without a script, and its data in parts that a script asks for."""

from __future__ import annotations

import gzip
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph import when as when_
from graph.model import Kind
from graph.when import END_OF_TIME, START_OF_TIME, Day
from viz import cast, dossier, look, neighbours, page, poster, spots, tables, worldmap
from viz.setting import Setting, common
from viz.shelf import Shelf
from viz.spots import Heading, Point
from viz.templating import embed, environment

PATH: Final = "all/index.html"
PART: Final = 2000
LISTED_MOST: Final = 400
# How many relations make a thing middling, and large.
STEPS: Final = (8, 40)
FILES: Final = (("data/things.csv", "All things"), *tables.FILES)
ETERNAL: Final = (START_OF_TIME, END_OF_TIME)
_LEFT_OUT: Final = frozenset({"Story"})


Span = tuple[Day, Day]
"""The first and the last day on which something can hold or exist."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A thing as it is drawn: id, name, kind, group of looks, path of its page, place, size from 0 to 2, its time."""

    name: str
    title: str
    kind: str
    group: str
    path: str
    at: Point
    size: int
    exists: Span = ETERNAL


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as it is drawn: the numbers of the two dots, what it is, and when it held without a break."""

    one: int
    other: int
    predicate: str
    held: Span = ETERNAL


@dataclass(frozen=True)
class Everything:
    """All dots, the most joined first, all ties, the headings of the rows below the map, the days to choose from."""

    dots: tuple[Dot, ...]
    ties: tuple[Tie, ...]
    headings: tuple[Heading, ...]
    days: Span


def everything(setting: Setting) -> Everything:
    """Every thing of the graph but stories, with the relations between them; one tie a relation, pair and time."""
    shelf = setting.shelf
    names = {e.id for e in shelf.things.values() if e.kind not in _LEFT_OUT}
    joined: dict[tuple[str, str, str], list[Span]] = defaultdict(list)
    relations = [p.name for p in shelf.model.predicates.values() if p.form != "value"]
    for c in itertools.chain.from_iterable(shelf.claims(predicate=p) for p in relations):
        if isinstance(c.object, str) and c.subject in names and c.object in names and not c.withdrawn:
            held = neighbours.bounds(c, shelf)
            joined[c.subject, c.object, c.predicate].append((held[0], held[3]))
    degree = Counter(end for one, other, _ in joined for end in (one, other))
    places, headings = spots.spots(names, shelf)
    order = sorted(names, key=lambda n: (-degree[n], n))
    number = {name: at for at, name in enumerate(order)}
    dated = {p: {c.subject for c in shelf.claims(predicate=p)} for p in ("happened", "founded", "dissolved")}
    lived = dated["founded"] | dated["dissolved"]
    exists = {n: _exists(n, shelf) for n in order if n in lived or n in dated["happened"]}
    kinds = {
        k: (shelf.model.kind(k).label, look.load().group(k, shelf.model).name)
        for k in {t.kind for t in shelf.things.values()}
    }
    dots = tuple(
        Dot(
            name, (thing := shelf.things[name]).name, *kinds[thing.kind], setting.to(name), places[name],
            sum(degree[name] >= least for least in STEPS), exists.get(name, ETERNAL),
        )
        for name in order
    )  # fmt: skip
    ties = sorted(
        (number[one], number[other], predicate, span)
        for (one, other, predicate), spans in joined.items()
        for span in united(spans)
    )
    begins = (first for *_, (first, _) in ties if first > START_OF_TIME)
    first = max(min(begins, default=setting.as_of), neighbours.EARLIEST)
    return Everything(dots, tuple(Tie(*tie) for tie in ties), headings, (min(first, setting.as_of), setting.as_of))


def united(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that share or follow on days as one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def _exists(name: str, shelf: Shelf) -> Span:
    """The days of a thing: an event is there from its own day on, all else from its founding to its end."""
    happened = dossier.when_of(name, shelf) if shelf.model.is_event(shelf.things[name].kind) else None
    life = cast.lifetime(name, shelf)
    return (happened[0], END_OF_TIME) if happened else (life[0], life[3])


def files(whole: Everything, setting: Setting) -> dict[str, str]:
    """The page, its parts and the table of all things, by path."""
    made = parts(whole, setting)
    found = {f"all/part-{at}.js": text for at, text in enumerate(made)}
    weight = sum(len(gzip.compress(text.encode(), 6)) for text in made)
    found[PATH] = _html(whole, len(made), weight, setting)
    rows = ((d.name, d.title, d.kind, setting.base + d.path.removesuffix("index.html")) for d in whole.dots)
    found["data/things.csv"] = tables.csv_text(("id", "name", "kind", "page"), sorted(rows))
    return found


def parts(whole: Everything, setting: Setting) -> list[str]:
    """The data as scripts, because pages on file:// may not fetch: `PART` dots each and the ties that they complete.

    The first holds what all need as well: kinds, relations from both of their ends, lands, headings.
    """
    kinds = sorted({d.kind for d in whole.dots})
    predicates = sorted({t.predicate for t in whole.ties}, key=lambda p: (dossier.rank(p), p))
    count = max(1, -(-len(whole.dots) // PART))
    ties: list[list[Tie]] = [[] for _ in range(count)]
    for tie in whole.ties:
        ties[max(tie.one, tie.other) // PART].append(tie)
    made = []
    for at in range(count):
        value = _part(whole.dots[at * PART : (at + 1) * PART], ties[at], kinds, predicates)
        if at == 0:
            titles = [[dossier.heading_of(p, way, setting.shelf) for way in (True, False)] for p in predicates]
            value |= {
                "kindNames": kinds,
                "relations": titles,
                "land": "".join(path for _, _, path in worldmap.shapes()),
                "high": worldmap.HEIGHT,
                "headings": [(h.text, round(h.x, 1), round(h.y, 1)) for h in whole.headings],
            }
        made.append(f"backstoryAll({at},{embed(value)});\n")
    return made


def _part(dots: Sequence[Dot], ties: Iterable[Tie], kinds: Sequence[str], predicates: Sequence[str]) -> dict[str, Any]:
    groups = list(look.load().groups)
    kind = {name: at for at, name in enumerate(kinds)}
    what = {name: at for at, name in enumerate(predicates)}
    held = list(ties)
    return {
        "names": [d.title for d in dots],
        # the page of most things is e/ID/, of others the whole path stands here
        "pages": [_short(d.path) for d in dots],
        "kinds": [kind[d.kind] for d in dots],
        "groups": [groups.index(d.group) for d in dots],
        "x": [round(d.at[0] * 10) for d in dots],
        "y": [round(d.at[1] * 10) for d in dots],
        "sizes": [d.size for d in dots],
        "from": [t.one for t in held],
        "to": [t.other for t in held],
        "what": [what[t.predicate] for t in held],
        # of most no day is known: only of the others number, first and last day, 0 where there is none
        "times": [(at, *_told(t.held)) for at, t in enumerate(held) if t.held != ETERNAL],
        "lives": [(at, *_told(d.exists)) for at, d in enumerate(dots) if d.exists != ETERNAL],
    }


def _told(span: Span) -> Span:
    return tuple(day if START_OF_TIME < day < END_OF_TIME else 0 for day in span)  # type: ignore[return-value]


def _short(path: str) -> str:
    plain = path.removesuffix("/index.html")
    return plain.removeprefix("e/") if plain.startswith("e/") else f"/{plain}"


def _html(whole: Everything, parts_: int, weight: int, setting: Setting) -> str:
    counts = Counter(d.group for d in whole.dots)
    rules = [rule for rule in look.load().groups.values() if counts[rule.name]]
    by_kind: dict[str, list[Dot]] = {}
    for dot in whole.dots:
        by_kind.setdefault(dot.kind, []).append(dot)
    shared = common(setting, PATH, extra=("all.css", "all.js"))
    title = "Everything at once"
    lead = (
        f"{len(whole.dots):,} things and {len(whole.ties):,} relations, each thing where it lies on the map "
        "or around what it belongs to."
    )
    return environment().get_template("all.html").render(
        kicker="All",
        title=title,
        lead=lead,
        described=lead,
        legend=[(rule, f"{counts[rule.name]:,}") for rule in rules],
        lists=_lists(by_kind, setting),
        files=FILES,
        data={
            "parts": parts_, "things": len(whole.dots), "sigma": page.shared_name("sigma.js"), "days": whole.days,
            "groups": [[r.name, r.label, r.shape, r.colour] for r in look.load().groups.values()],
        },
        weight=f"{weight / 1e6:.1f}",
        years=[when_.civil(day)[0] for day in whole.days],
        days=[when_.iso(day) for day in whole.days],
        signs={r.shape: poster.outline(r.shape, 0, 0, 7) for r in look.load().groups.values()},
        linked={"@context": "https://schema.org/", "@type": "CollectionPage", "name": title,
                "url": setting.base + PATH},
        **shared,
    )  # fmt: skip


def _lists(by_kind: Mapping[str, Sequence[Dot]], setting: Setting) -> list[tuple[str, int, list[tuple[str, str]]]]:
    """What each list is called, how many are in it, and path and name of each; too many for a list have none.

    Events of every kind are one list.
    """
    plural = {r.label: "events" if setting.shelf.model.is_event(k) else r.plural for k, r in _kinds(setting)}
    lists: dict[str, list[Dot]] = {}
    for kind, dots in by_kind.items():
        lists.setdefault(plural[kind], []).extend(dots)
    found = []
    for name, dots in sorted(lists.items()):
        rows = sorted(((d.path, d.title) for d in dots), key=lambda r: (r[1], r[0])) if len(dots) <= LISTED_MOST else []
        found.append((name[:1].upper() + name[1:], len(dots), rows))
    return found


def _kinds(setting: Setting) -> Iterable[tuple[str, Kind]]:
    return setting.shelf.model.kinds.items()
