"""The ontology as objects: kinds, predicates and what each allows, read from graph/ontology."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from graph import yaml_file
from graph.errors import ModelError, UnknownName

ONTOLOGY: Final = Path(__file__).parent / "ontology"
VALUE_TYPES: Final = ("text", "integer", "number", "date", "url", "point", "code")


@dataclass(frozen=True, slots=True)
class Role:
    """Which kinds may fill a role of an event kind, and whether one must."""

    predicate: str
    kinds: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing. Event kinds carry roles, values, intensity and half-life as well.

    `intensity` is the cooperation–conflict value of the kind on the Goldstein scale, -10..10
    (J. S. Goldstein, A Conflict-Cooperation Scale for WEIS Events Data, 1992).
    `half_life_days` is the decay time τ of an event's recency as background.
    `expects` are the predicates, one of several as `a/b`, without one of which (from or towards the thing)
    a reader would miss something, with the words for what is missing; of those in `dated` a reader wants to
    know the beginning. Required roles are missed as well.
    `once` says that it does not happen twice to the same target: another day is another claim about it.
    `words` are how newsrooms say it: verb phrases by PLOVER code (`verbs`: none), and `nouns`;
    `graph.reading.lexicon` explains how a phrase is written.
    """

    name: str
    label: str
    plural: str
    definition: str
    parents: tuple[str, ...] = ()
    abstract: bool = False
    roles: Mapping[str, Role] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    expects: Mapping[str, str] = field(default_factory=dict)
    dated: tuple[str, ...] = ()
    intensity: float = 0.0
    half_life_days: float = 90.0
    plover: tuple[str, ...] = ()
    cameo: tuple[str, ...] = ()
    schema: str = ""
    wikidata: str = ""
    once: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    frame: Mapping[str, Any] = field(default_factory=dict)
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation, a role, a link between events, a value or a qualifier.

    `range` names kinds, or one of `VALUE_TYPES`. `functional` says on which side only one holds at
    a time: "subject" (a thing has one such object), "object" (a thing is such an object once).
    `link` is the weight of a stated link between events, 0 for every other predicate.
    `closure` is how far the subject's acts count as the object's when chains are searched.
    """

    name: str
    label: str
    definition: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    form: str = "relation"
    inverse: str = ""
    symmetric: bool = False
    functional: str = ""
    link: float = 0.0
    closure: float = 0.0
    schema: str = ""
    wikidata: str = ""
    frame: Mapping[str, Any] = field(default_factory=dict)
    caution: str = ""

    @property
    def is_literal(self) -> bool:
        """True when the object is a value, not a thing."""
        return self.range[0] in VALUE_TYPES


FORMS: Final = ("relation", "role", "link", "value", "qualifier")


@dataclass(frozen=True)
class Model:
    """Every kind and predicate, by name, and the questions asked of them."""

    kinds: Mapping[str, Kind]
    predicates: Mapping[str, Predicate]
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def kind(self, name: str) -> Kind:
        """The kind of this name; UnknownName when there is none."""
        if name not in self.kinds:
            raise UnknownName(name, suggestions=_near(name, self.kinds), where="ontology")
        return self.kinds[name]

    def predicate(self, name: str) -> Predicate:
        """The predicate of this name; UnknownName when there is none."""
        if name not in self.predicates:
            raise UnknownName(name, suggestions=_near(name, self.predicates), where="ontology")
        return self.predicates[name]

    def line(self, name: str) -> tuple[str, ...]:
        """The kind and all its ancestors, nearest first."""
        if name not in self._lines:
            seen = [name]
            for at in seen:
                seen.extend(p for p in self.kind(at).parents if p not in seen)
            self._lines[name] = tuple(seen)
        return self._lines[name]

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether a kind is, or descends from, another."""
        return ancestor in self.line(name)

    def is_event(self, name: str) -> bool:
        """Whether things of this kind happen."""
        return self.is_a(name, "Event")

    def roles(self, kind: str) -> Mapping[str, Role]:
        """The roles of an event kind, its own before inherited ones."""
        found: dict[str, Role] = {}
        for name in self.line(kind):
            for role in self.kind(name).roles.values():
                found.setdefault(role.predicate, role)
        return found

    def values(self, kind: str) -> tuple[str, ...]:
        """The value predicates an event kind may carry, sorted."""
        return tuple(sorted({v for name in self.line(kind) for v in self.kind(name).values}))

    def expects(self, kind: str) -> Mapping[tuple[str, ...], str]:
        """What a reader would miss of a kind: predicates of which one should be said, and words for it.

        What the kind itself expects stands before what its ancestors do and its required roles.

        >>> load().expects("City")
        {('locatedIn',): 'where it lies', ('population',): 'population'}
        """
        found: dict[tuple[str, ...], str] = {}
        for name in self.line(kind):
            for predicates, words in self.kind(name).expects.items():
                found.setdefault(tuple(predicates.split("/")), words)
        known = {p for predicates in found for p in predicates}
        needed = (r.predicate for r in self.roles(kind).values() if r.required and r.predicate not in known)
        return found | {(p,): self.predicate(p).label for p in needed}

    def dated(self, kind: str) -> frozenset[str]:
        """The relations of a kind of which a reader wants to know the beginning."""
        return frozenset(p for name in self.line(kind) for p in self.kind(name).dated)

    def allows(self, predicate: str, subject_kind: str, object_kind: str | None) -> bool:
        """Whether subject and object kinds fit a predicate (object None: a value)."""
        rule = self.predicate(predicate)
        if not any(self.is_a(subject_kind, d) for d in rule.domain):
            return False
        if rule.form == "role" and self.is_event(subject_kind):
            role = self.roles(subject_kind).get(predicate)
            return role is not None and object_kind is not None and any(self.is_a(object_kind, k) for k in role.kinds)
        if object_kind is None:
            return rule.is_literal
        return not rule.is_literal and any(self.is_a(object_kind, r) for r in rule.range)

    def of_form(self, form: str) -> Iterator[Predicate]:
        """Predicates of one form: relation, role, link, value or qualifier."""
        return (p for p in self.predicates.values() if p.form == form)


@functools.cache
def load(folder: Path = ONTOLOGY) -> Model:
    """The model in `folder/kinds` and `folder/predicates`; ModelError names the file at fault."""
    kinds = {p.stem: _kind(p) for p in sorted((folder / "kinds").glob("*.yaml"))}
    predicates = {p.stem: _predicate(p) for p in sorted((folder / "predicates").glob("*.yaml"))}
    model = Model(MappingProxyType(kinds), MappingProxyType(predicates))
    _check(model, folder)
    return model


def _read(path: Path) -> tuple[dict[str, Any], str]:
    text = path.read_text(encoding="utf-8")
    caution = " ".join(line.lstrip("# ") for line in text.splitlines() if line.startswith("#"))
    raw = yaml_file.parse(text, path.name)
    if not isinstance(raw, dict):
        raise ModelError("not a mapping", where=path.name)
    return raw, caution


def _fill(path: Path, make: type[Any], raw: dict[str, Any], caution: str) -> Any:
    allowed = set(make.__dataclass_fields__) - {"name", "caution"}
    unknown = sorted(set(raw) - allowed)
    if unknown:
        raise ModelError(f"unknown keys {unknown}", where=path.name, expected=f"only {sorted(allowed)}")
    for key, value in raw.items():
        if isinstance(value, list):
            raw[key] = tuple(str(v) for v in value)
    try:
        return make(name=path.stem, caution=caution, **raw)
    except TypeError as error:
        raise ModelError(str(error), where=path.name) from error


def _kind(path: Path) -> Kind:
    raw, caution = _read(path)
    roles = {
        name: Role(name, tuple(spec["kinds"]), bool(spec.get("required", False)))
        for name, spec in (raw.pop("roles", None) or {}).items()
    }
    raw.setdefault("plural", f"{raw.get('label', path.stem)}s")
    raw["words"] = MappingProxyType({code: tuple(map(str, said)) for code, said in (raw.get("words") or {}).items()})
    kind: Kind = _fill(path, Kind, raw | {"roles": MappingProxyType(roles)}, caution)
    return kind


def _predicate(path: Path) -> Predicate:
    raw, caution = _read(path)
    predicate: Predicate = _fill(path, Predicate, raw, caution)
    if predicate.form not in FORMS:
        raise ModelError(f"unknown form {predicate.form!r}", where=path.name, expected=f"one of {FORMS}")
    return predicate


def _check(model: Model, folder: Path) -> None:
    for kind in model.kinds.values():
        named = [*kind.parents, *(k for role in kind.roles.values() for k in role.kinds)]
        _known(named, model.kinds, folder / "kinds" / f"{kind.name}.yaml")
        expected = [p for predicates in kind.expects for p in predicates.split("/")]
        _known(
            [*kind.roles, *kind.values, *expected, *kind.dated],
            model.predicates,
            folder / "kinds" / f"{kind.name}.yaml",
        )
    for rule in model.predicates.values():
        where = folder / "predicates" / f"{rule.name}.yaml"
        _known([*rule.domain, *(r for r in rule.range if r not in VALUE_TYPES)], model.kinds, where)


def _known(names: list[str], known: Mapping[str, object], where: Path) -> None:
    missing = sorted(set(names) - set(known))
    if missing:
        raise ModelError(f"names nothing declared: {missing}", where=where.name)


def _near(name: str, known: Mapping[str, object]) -> tuple[str, ...]:
    import difflib

    return tuple(difflib.get_close_matches(name, known, n=3))
