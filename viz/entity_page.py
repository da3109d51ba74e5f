"""The page of a country, person, city, body, alliance or outlet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from graph import when as when_
from viz import (
    article_page,
    dates,
    dossier,
    ego,
    lacking,
    lead,
    lifeline,
    linked,
    neighbours,
    previews,
    region_page,
    schema,
    timeline,
    today,
    voice,
)  # fmt: skip
from viz import stage as stage_
from viz.dossier import Dossier
from viz.neighbours import Neighbourhood
from viz.setting import Setting, common
from viz.stage import Stage
from viz.templating import environment
from viz.view import View

NEWS_MOST: Final = 8
CITES_MOST: Final = 40
BANDS: Final = (("headOfStateOf", "Heads of state"), ("headOfGovernmentOf", "Heads of government"))
CAPTION: Final = "Relations that hold on the day, under their headings; a doubled line means two relations."


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody with whom the thing has a page of its own: name, path of that page, how many events."""

    name: str
    path: str
    events: int


def html(name: str, setting: Setting) -> str:
    """The page of an entity."""
    shelf, day = setting.shelf, setting.as_of
    region = shelf.entity(name).kind == "Region"
    found, near = (dossier.dossier(name, shelf, day=day), None) if region else neighbours.around(name, shelf, day=day)
    cards = today.cards(found, shelf, day)
    opening = lead.lead(found, cards, shelf, day)
    path = setting.to(name)
    extra = (*(("lists.js",) if region else ()), *(() if near else ("copy.js",)))
    shared = common(setting, path, scripts=near is not None, extra=extra, preview=previews.of_thing(name, setting))
    return (
        environment()
        .get_template("region.html" if region else "entity.html")
        .render(
            d=found,
            cards=cards,
            opening=opening,
            described=" ".join(t.text for t in opening) or f"{found.title}: {found.claims} sourced claims.",
            confirmed=dates.when(found.confirmed),
            lacking=lacking.lacking(name, found.own, found.towards, shelf, day),
            figures=_figures(found, setting, path),
            cites=article_page.cites((p[0] for p in found.papers[:CITES_MOST]), shelf) if found.papers else {},
            cites_most=CITES_MOST,
            voice=voice.voice(name, shelf, day) if found.papers else None,
            line=lifeline.events(found.happenings, setting, path) if len(found.happenings) > 2 else "",
            news=found.happenings[:NEWS_MOST],
            older=found.happenings[NEWS_MOST:],
            partners=_partners(name, setting),
            how=setting.how(name),
            sources=sorted(found.sources.values(), key=lambda s: s.number),
            stage=_stage(found, near, shared) if near else None,
            pictured=[(title, len(names)) for title, names in near.every] if near else [],
            linked=_linked(found, near, setting, path),
            files=(),
            **(region_page.parts(found, setting) if region else {}),
            **shared,
        )
    )


def _stage(found: Dossier, near: Neighbourhood, shared: dict[str, Any]) -> Stage:
    view = near.view
    shown = neighbours.holding(view, view.last)
    drawings = {
        "wide": ego.wide(view, near.first),
        "tall": ego.tall(view, near.first),
    }
    if near.every != near.first:
        drawings["more"] = ego.more(view, near.every)
    told = "; ".join(f"{title}: {', '.join(_names(view, names))}" for title, names in near.first)
    return stage_.stage(
        view,
        drawings,
        name=found.id,
        label=f"{found.title} and what it is joined to",
        described=told,
        caption=CAPTION,
        shown=shown,
        extra={"root": shared["assets"].root or ""},
    )


def _names(view: View, names: Sequence[str]) -> list[str]:
    known = {t.id: t.name for t in view.things}
    return [known[n] for n in names]


def _figures(found: Dossier, setting: Setting, path: str) -> list[tuple[str, Markup]]:
    """Who led it and who belonged to it over time, as bars."""
    shelf, day = setting.shelf, setting.as_of

    def to(name: str) -> str:
        return "../" * path.count("/") + setting.to(name)

    figures = []
    members = dossier.bars((c for c in found.towards if c.predicate == "memberOf"), found.id, shelf)
    if len(members) > 1:
        figures.append(("Members over time", timeline.bars(members, day, to)))
    bands = [
        (title, dossier.bars((c for c in found.towards if c.predicate == predicate), found.id, shelf))
        for predicate, title in BANDS
    ]
    if bands[0][1] == bands[1][1]:
        bands = [("Heads of state and of government", bands[0][1])]
    if any(len(b) > 1 for _, b in bands):
        figures.append(("Who led it", lifeline.bands([(t, b) for t, b in bands if b], day, to)))
    return figures


def _partners(name: str, setting: Setting) -> list[Partner]:
    """The pairs of the thing that have a page, most events first."""
    found = []
    for pair, events in setting.pairs.items():
        if name in pair:
            other = pair[1] if pair[0] == name else pair[0]
            found.append(Partner(setting.shelf.entity(other).name, setting.pair(*pair), events))
    return sorted(found, key=lambda p: (-p.events, p.name))


def _linked(found: Dossier, near: Neighbourhood | None, setting: Setting, path: str) -> dict[str, object]:
    """The page's JSON-LD: the thing by schema.org's terms, then the picture's relations as claims."""
    about = schema.thing(found.id, setting.shelf, address=setting.base + path.removesuffix("index.html"))
    if near is None:
        return {"@context": "https://schema.org/", **about}
    return linked.json_ld(
        near.view, near.sources.values(), title=found.title, as_of=when_.iso(setting.as_of), about=about
    )
