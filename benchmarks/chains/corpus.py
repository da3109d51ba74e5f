"""Columns for a benchmark: a coded story, its distractors, and the closure between their entities."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.chains import annotate
from benchmarks.chains.annotate import Item
from graph import when as when_
from graph.claim import slug
from graph.index.columns import ROLES, WORD, Columns, KindRow
from graph.index.gather import bounds
from graph.index.words import words_of
from graph.model import Model
from graph.store import Store
from graph.when import END_OF_TIME, START_OF_TIME

KIND_OF_TYPE = {
    "accuse": "Accusation",
    "admit": "Admission",
    "agreement": "Signing",
    "apology": "Apology",
    "arrest": "Arrest",
    "assist": "Aid",
    "attack": "Attack",
    "call": "Call",
    "cancel_event": "Cancellation",
    "cancel_visit": "Cancellation",
    "closure": "Closure",
    "court": "Ruling",
    "crash": "Crash",
    "death": "Death",
    "demand": "Demand",
    "deploy": "Deployment",
    "diplomatic_note": "Demand",
    "honour": "Ceremony",
    "investigation": "Investigation",
    "meeting": "Meeting",
    "memorial": "Ceremony",
    "mourning": "Ceremony",
    "protest": "Demand",
    "raid": "Raid",
    "release": "Release",
    "report": "Report",
    "statement": "Statement",
    "summon": "Summons",
    "suspend_service": "Suspension",
    "threaten_legal": "Threat",
    "visit": "Visit",
    "wanted": "Statement",
    "withdraw": "Withdrawal",
}


@dataclass(frozen=True, slots=True)
class Coded:
    """One event of a coded story: its key, date, kind, entity ids, and outlets by day of publication."""

    key: str
    date: str
    kind: str
    entities: tuple[str, ...]
    said: tuple[tuple[str, str, int], ...]
    deaths: int = -1
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One article: on `day` it tells of `focus` and cites the events of `gold` as background.

    `gold` holds how many outlets cite each of them as background.
    """

    article: str
    day: int
    focus: str
    gold: Mapping[str, int]


@dataclass
class Maker:
    """Columns as they grow."""

    model: Model
    entities: dict[str, int] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    columns: dict[str, list[int]] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    voices: dict[str, int] = field(default_factory=dict)

    def put(self, **values: int) -> None:
        """Append to columns by name."""
        for name, value in values.items():
            self.columns.setdefault(name, []).append(value)

    def entity(self, name: str) -> int:
        """The position of an entity, new ones last."""
        return self.entities.setdefault(name, len(self.entities))

    def add(
        self,
        key: str,
        date: str,
        kind: str,
        entities: Iterable[str],
        voices: Iterable[tuple[str, int]],
        deaths: int = -1,
        known: int | None = None,
        texts: Iterable[str] = (),
    ) -> None:
        """One event; `voices` are outlets with the day each spoke."""
        first, last = bounds(when_.parse(date))
        at = len(self.ids)
        self.ids.append(key)
        spoken = list(voices)
        since = known if known is not None else min((d for _, d in spoken), default=last)
        kind_at = self.kinds.setdefault(kind, len(self.kinds))
        self.put(first=first, last=last, kind=kind_at, known=since, deaths=deaths)
        for name in dict.fromkeys(entities):
            self.put(p_event=at, p_entity=self.entity(name), p_role=ROLES.index("participant"), p_known=since)
        for name in words_of(texts):
            self.put(p_event=at, p_entity=self.entity(name), p_role=WORD, p_known=since)
        for name, day in spoken:
            self.put(v_event=at, v_voice=self.voices.setdefault(name, len(self.voices)), v_known=day)

    def close(self, part: str, whole: str, percent: int, first: int, last: int, known: int = START_OF_TIME) -> None:
        """What the part does counts for the whole."""
        self.put(c_part=self.entity(part), c_whole=self.entity(whole), c_percent=percent)
        self.put(c_first=first, c_last=last, c_known=known)

    def made(self, countries: Iterable[str]) -> Columns:
        """The columns."""
        skipped = ("ids", "entities", "kinds", "l_claims", "countries")
        names = [f for f in Columns.__dataclass_fields__ if f not in skipped]
        rows = tuple(
            KindRow(k, self.model.kind(k).intensity, self.model.kind(k).half_life_days)
            if k in self.model.kinds
            else KindRow(k, 0.0, 90.0)
            for k in self.kinds
        )
        numbers: dict[str, Any] = {name: np.array(self.columns.get(name, ()), np.int32) for name in names}
        return Columns(
            ids=tuple(self.ids),
            entities=tuple(self.entities),
            kinds=rows,
            countries=np.array([self.entities[c] for c in set(countries) if c in self.entities], np.int32),
            **numbers,
        )


def story(folder: Path, name: str, names: dict[str, str]) -> tuple[tuple[Coded, ...], tuple[Case, ...]]:
    """The coded events of `<name>.articles.json` with the dates of `<name>.background.json`, and the cases.

    An article cites as background what it tells of that lay before the day it was published; its
    news is the rest, or what is newest when nothing is left. An article whose day of publication is
    not known makes no case. The count of outlets must be that of the file, else ValueError.
    """
    articles = json.loads((folder / f"{name}.articles.json").read_text(encoding="utf-8"))
    known = {e["event"]: e for e in json.loads((folder / f"{name}.background.json").read_text(encoding="utf-8"))}
    facts: dict[str, list[dict[str, Any]]] = {}
    citing: dict[str, set[str]] = {event: set() for event in known}
    told = []
    for article in articles:
        inside = {f["event"] for f in article["facts"] if f["event"] in known}
        day = when_.parse(article["published"] or max(known[e]["date"] for e in inside)).begin_latest
        for fact in article["facts"]:
            if fact["event"] in known:
                about = {"url": article["url"], "by": article["publisher"], "day": day}
                facts.setdefault(fact["event"], []).append({**fact, **about})
        if article["published"]:
            before = {e for e in inside if _last(known[e]["date"]) < day}
            told.append((article["url"], day, inside, before))
            for event in before:
                citing[event].add(article["publisher"])
    wrong = [e for e in known if citing[e] != set(known[e]["background_publishers"])]
    if wrong:
        raise ValueError(f"{name}: not the outlets of the background file: {wrong}")
    cases = [
        Case(url, day, focus, {e: len(citing[e]) for e in sorted(before - {focus})})
        for url, day, inside, before in told
        for focus in sorted(inside - before or _newest(before, known))
        if before - {focus}
    ]
    return tuple(_coded(key, found, known[key]["date"], names) for key, found in sorted(facts.items())), tuple(cases)


def _last(date: str) -> int:
    return bounds(when_.parse(date))[1]


def _newest(events: set[str], known: Mapping[str, Mapping[str, Any]]) -> set[str]:
    last = max((_last(known[e]["date"]) for e in events), default=0)
    return {e for e in events if _last(known[e]["date"]) == last}


def _coded(key: str, facts: list[dict[str, Any]], date: str, names: dict[str, str]) -> Coded:
    types = [f["type"] for f in facts]
    entities = tuple(dict.fromkeys(names.get(p.lower(), slug(p)) for f in facts for p in f["participants"]))
    said = tuple(sorted({(f["by"], f["url"], f["day"]) for f in facts}))
    kind = KIND_OF_TYPE.get(max(sorted(set(types)), key=types.count), "Statement")
    counts = [annotate.deaths(f["summary"]) for f in facts]
    return Coded(key, date, kind, entities, said, max(counts), tuple(sorted({(f["url"], f["summary"]) for f in facts})))


def names_of(store: Store) -> dict[str, str]:
    """Entity ids by every name in the store, lower case."""
    found: dict[str, str] = {}
    for entity in store.entities():
        for text, _ in (*entity.names, *entity.aliases):
            found.setdefault(text.lower(), entity.id)
    return found


def close_from(maker: Maker, columns: Columns) -> None:
    """Take over the closure of other columns, by entity id."""
    for i in range(len(columns.c_part)):
        part, whole = columns.entities[int(columns.c_part[i])], columns.entities[int(columns.c_whole[i])]
        maker.close(part, whole, int(columns.c_percent[i]), int(columns.c_first[i]), int(columns.c_last[i]))


def close_named(maker: Maker, countries: dict[str, str]) -> None:
    """What has a country or its people in its name counts half for that country, as in the index of claims."""
    for name in [e for e in maker.entities if not e.startswith("~")]:
        words = name.split("-")
        spans = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
        for country in sorted({countries[s] for s in spans if s in countries} - {name}):
            maker.close(name, country, 50, START_OF_TIME, END_OF_TIME)


def distractors(maker: Maker, items: Iterable[Item], home: dict[str, str], told: Iterable[Coded] = ()) -> int:
    """Add news items as events; gives how many were left out because they tell of a coded event."""
    days: dict[int, list[Coded]] = {}
    for coded in told:
        time = when_.parse(coded.date)
        for day in range(time.begin_latest - 1, time.begin_latest + 2):
            days.setdefault(day, []).append(coded)
    same = 0
    for at, item in enumerate(items):
        day = when_.day(item.date)
        countries = {home.get(e, e) for e in item.entities}
        if any(len(countries & set(c.entities)) >= 2 for c in days.get(day, ())):
            same += 1
            continue
        voices = [(s, day) for s in item.sources]
        text = annotate.SOURCES.sub("", item.text)
        maker.add(f"item-{at}", item.date, item.kind, item.entities, voices, item.deaths, day, (text,))
    for name, country in home.items():
        if name in maker.entities:
            maker.close(name, country, 50, START_OF_TIME, END_OF_TIME)
    return same


ICEWS_PARTS = ("icews0515_full.tsv",)


def icews(shared: Path, goldstein: dict[str, float]) -> Columns:
    """The ICEWS 2005-2015 facts as columns: head and relation and tail on a day, one voice each."""
    import polars as pl

    path = shared / "data" / "icews" / ICEWS_PARTS[0]
    raw = pl.read_csv(
        path, separator="\t", has_header=False, quote_char=None, new_columns=["head", "kind", "tail", "date"]
    )
    both = pl.concat([raw["head"], raw["tail"]]).unique().sort()
    kinds = raw["kind"].unique().sort()
    head = _positions(raw["head"], both)
    tail = _positions(raw["tail"], both)
    kind = _positions(raw["kind"], kinds)
    day = raw["date"].str.to_date().to_physical().to_numpy().astype(np.int32) + when_.day_of(1970)
    count = len(raw)
    event = np.arange(count, dtype=np.int32)
    ids = np.char.add("icews-", np.char.zfill(event.astype("U7"), 7)).astype(np.bytes_)
    rows = tuple(KindRow(k, goldstein.get(str(k).lower(), 0.0), 120.0) for k in kinds)
    names = [slug(n.replace("_", " ")) for n in both]
    part, whole = _countries_in_names(list(both), names)
    always = np.full(len(part), START_OF_TIME, np.int32)
    entities, position = _distinct(names)
    return Columns(
        ids=ids,
        entities=entities,
        kinds=rows,
        first=day,
        last=day,
        kind=kind,
        known=day,
        deaths=np.full(count, -1, np.int32),
        p_event=np.concatenate((event, event)),
        p_entity=position[np.concatenate((head, tail))],
        p_role=np.repeat(np.array([ROLES.index("actor"), ROLES.index("target")], np.int32), count),
        p_known=np.concatenate((day, day)),
        c_part=position[part],
        c_whole=position[whole],
        c_percent=np.full(len(part), 60, np.int32),
        c_first=always,
        c_last=np.full(len(part), END_OF_TIME, np.int32),
        c_known=always,
        v_event=event,
        v_voice=np.zeros(count, np.int32),
        v_known=day,
    )


def _positions(values: Any, among: Any) -> Any:
    import polars as pl

    return values.cast(pl.Enum(among)).to_physical().to_numpy().astype(np.int32)


def _distinct(names: list[str]) -> tuple[tuple[str, ...], Any]:
    order: dict[str, int] = {}
    position = np.array([order.setdefault(n, len(order)) for n in names], np.int32)
    return tuple(order), position


def _countries_in_names(raw: list[str], names: list[str]) -> tuple[Any, Any]:
    """Who is part of whom by name: `Police_(Kenya)` of `Kenya`, where that is an actor too."""
    by_name = {n: i for i, n in enumerate(raw)}
    pairs = [
        (i, by_name[n[n.rindex("(") + 1 : -1]])
        for i, n in enumerate(raw)
        if n.endswith(")") and "(" in n and n[n.rindex("(") + 1 : -1] in by_name
    ]
    assert len(names) == len(raw)
    return np.array([p for p, _ in pairs], np.int32), np.array([w for _, w in pairs], np.int32)


def goldstein(shared: Path) -> dict[str, float]:
    """Goldstein values by lower-case CAMEO name."""
    import csv

    path = shared / "data" / "cameo" / "cameo-codes.csv"
    with path.open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        r["name"].lower().replace(" ", "_"): float(r["goldstein"]) for r in rows if r["goldstein"] not in ("", "NA")
    }
