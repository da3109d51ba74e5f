"""Which chains a site tells, found once, and found again only when what they rest on has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from graph.chains import focus, search
from graph.chains.chain import Chain
from graph.claim import content_id
from graph.errors import GraphError
from graph.questions import relationship
from viz import cast
from viz.parsed import digest
from viz.rests import Reads

if TYPE_CHECKING:
    from viz.setting import Setting

STEPS: Final = 7
EVENTS_FOR_A_CHAIN: Final = 4
K = TypeVar("K")


class Chains(Mapping[K, Chain]):
    """Chains by whom they are about; those not in `found` are found with `find` when first asked for.

    `courses` tells what decides the page of each that was found, see `course`.
    """

    def __init__(
        self,
        names: Iterable[K] = (),
        found: Mapping[K, Chain] | None = None,
        find: Callable[[K], Chain | None] = lambda _: None,
        courses: Mapping[K, str] | None = None,
    ) -> None:
        self._names = dict.fromkeys(names)
        self._found, self._find = dict(found or {}), find
        self.courses = dict(courses or {})

    def __getitem__(self, names: K) -> Chain:
        if names not in self._names:
            raise KeyError(names)
        if names not in self._found:
            chain = self._find(names)
            assert chain is not None
            self._found[names] = chain
        return self._found[names]

    def __iter__(self) -> Iterator[K]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, names: object) -> bool:
        return names in self._names


def wanted(setting: Setting) -> list[str]:
    """Whatever may get a page that says how it came about: stories, their events, things with several events."""
    shelf = setting.shelf
    stories = [s.id for s in shelf.entities("Story")]
    events = sorted({c.subject for c in shelf.claims(predicate="inStory")})
    kinds = ("Country", "Alliance", "Person", "Organization")
    actors = []
    for name, thing in shelf.things.items():
        if any(shelf.model.is_a(thing.kind, kind) for kind in kinds):
            named = shelf.rows("naming", name)
            events_of = {c.subject for c in named if shelf.model.predicate(c.predicate).form == "role"}
            if len(events_of) >= EVENTS_FOR_A_CHAIN:
                actors.append(name)
    return [*stories, *events, *sorted(actors)]


def course(chain: Chain, setting: Setting) -> str:
    """A hash of what a page of a chain takes from the index: the chain, and all that its two parties did together."""
    parties = cast.parties(chain, setting.shelf)
    both = relationship.shared(*parties, setting.index, last=setting.as_of) if len(parties) == 2 else ()
    return f"{digest((replace(chain, fingerprint=''), both)):016x}"


def of(names: Sequence[str], setting: Setting) -> Chain | None:
    """How something, or the two of a pair, came about; None when too little is known for a chain of two steps."""
    return read(names, setting)[0]


def read(names: Sequence[str], setting: Setting) -> tuple[Chain | None, Reads]:
    """The same with what was read for it, which is no reading of the page that asks."""
    found, reads = setting.shelf.noting(lambda: _of(names, setting))
    return found, tuple(sorted(reads))


def _of(names: Sequence[str], setting: Setting) -> Chain | None:
    shelf, index = setting.shelf, setting.index
    try:
        found = search.best(focus.of(names, index, shelf), index, shelf, as_of=setting.as_of, events=STEPS)
    except GraphError:
        return None
    return _dated(found, setting) if len(found.steps) > 1 else None


def _dated(found: Chain, setting: Setting) -> Chain:
    """The chain with the hash of its own content as version: a change elsewhere does not change its page."""
    said = setting.shelf.gave([("about", e) for e in found.events])
    return replace(found, fingerprint=content_id(found.events, said.tolist()))
