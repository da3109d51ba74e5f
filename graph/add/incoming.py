"""What a file came to, against what is known: checked, joined with it, and written whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from graph import rdf, turtle
from graph.add import change
from graph.claim import Article, Claim, Entity, Literal, merge
from graph.errors import DiskError, GraphError
from graph.model import Model
from graph.names import Names, keys
from graph.rdf import Bundle
from graph.sources.found import Found
from graph.sources.guard import output
from graph.sources.source import Rejected
from graph.store import Store

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Incoming:
    """What would be written, what is known already, what was refused and what a reader should know."""

    bundle: Bundle
    known: int
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...]


def settle(found: Found, store: Store | None, model: Model) -> Incoming:
    """Check everything a file came to against the ontology and the store, and join it with what is known.

    A claim that is known gains citations; one that names something undeclared is rejected.
    """
    checks = _Checks(found, store, model)
    entities = [joined for e in found.entities if (joined := checks.entity(e))]
    articles = [a for a in found.articles if checks.article(a)]
    claims = [both for c in found.claims if checks.claim(c) and (both := checks.joined(c))]
    notes = [f"not mapped: {what}, {count} times" for what, count in found.left[:_SHOWN]]
    if len(found.left) > _SHOWN:
        rest = sum(count for _, count in found.left[_SHOWN:])
        notes.append(f"not mapped: {len(found.left) - _SHOWN} others, {rest} times")
    notes += _alike(entities, store)
    return Incoming(
        Bundle(tuple(entities), tuple(articles), tuple(claims)),
        len(found.claims) - len(claims) - checks.refused,
        (*found.rejected, *checks.rejected),
        tuple(notes),
    )


class _Checks:
    """One file's things beside those of the store; collects what is refused."""

    def __init__(self, found: Found, store: Store | None, model: Model) -> None:
        self.store, self.model = store, model
        self.kinds = {e.id: e.kind for e in found.entities} | {a.id: "Article" for a in found.articles}
        self.articles = {a.id for a in found.articles}
        self.rejected: list[Rejected] = []
        self.refused = 0

    def kind(self, thing: str) -> str:
        """The kind of a thing in the file or the store; empty when nobody declares it."""
        if thing not in self.kinds:
            known = self.store is not None and self.store.has(thing)
            self.kinds[thing] = self.store.entity(thing).kind if self.store and known else ""
        return self.kinds[thing]

    def entity(self, entity: Entity) -> Entity | None:
        """What is to be written of an entity: it, or the known one with more to its name; None when nothing is."""
        if self.store is None or not self.store.has(entity.id):
            return entity
        known = self.store.entity(entity.id)
        if known.kind != entity.kind or not _called(known) & _called(entity):
            reason = f"is {entity.kind} {entity.name!r} in the file and {known.kind} {known.name!r} here"
            self._refuse(entity.id, reason, str(entity))
            return None
        aliases = {*known.aliases, *entity.aliases, *entity.names} - set(known.names)
        same = {*known.same_as, *entity.same_as}
        joined = replace(known, aliases=tuple(sorted(aliases)), same_as=tuple(sorted(same)))
        return None if joined == known else joined

    def article(self, article: Article) -> bool:
        """Whether an article is to be written: new, with a publisher that somebody declares."""
        for thing in filter(None, (article.publisher, article.origin)):
            if not self.kind(thing):
                self.articles.discard(article.id)
                return self._refuse(article.id, f"its publisher {thing} is declared nowhere", article.url)
        return self.store is None or not self.store.has(article.id)

    def claim(self, claim: Claim) -> bool:
        """Whether the ontology allows a claim and everything it names is declared."""
        wrong = next(self._wrong(claim), "")
        if not wrong:
            return True
        self.refused += 1
        return self._refuse(claim.id, wrong, f"{claim.subject} {claim.predicate} {claim.value}")

    def _wrong(self, claim: Claim) -> Iterator[str]:
        for thing in (claim.subject, *self._named(claim)):
            if not self.kind(thing):
                yield f"{thing} is declared nowhere"
        for citation in claim.citations:
            if not (citation.article in self.articles or (self.store and self.store.has(citation.article))):
                yield f"the article {citation.article} is declared nowhere"
        kind = None if isinstance(claim.object, Literal) else self.kind(claim.object)
        try:
            if not self.model.allows(claim.predicate, self.kind(claim.subject), kind):
                yield f"no {self.kind(claim.subject)} {claim.predicate} {kind or 'a value'}"
        except GraphError as error:
            yield str(error)

    def _named(self, claim: Claim) -> Iterator[str]:
        if not isinstance(claim.object, Literal):
            yield claim.object
        yield from (c.speaker for c in claim.citations if c.speaker)

    def joined(self, claim: Claim) -> Claim | None:
        """The claim with what is known of it; None when it adds nothing."""
        if self.store is None or not any(
            c.id == claim.id for c in self.store.claims(subject=claim.subject, predicate=claim.predicate)
        ):
            return claim
        known = self.store.claim(claim.id)
        both = merge(known, claim)
        return None if both == known else both

    def _refuse(self, where: str, reason: str, text: str) -> bool:
        self.rejected.append(Rejected(where, reason, text))
        return False


def _called(entity: Entity) -> set[str]:
    return {keys.key(text) for text, _ in (*entity.names, *entity.aliases)}


def _alike(entities: Sequence[Entity], store: Store | None) -> Iterator[str]:
    """What looks like something known without being merged with it, and what nobody can see."""
    names = Names.open(store) if store is not None and entities else None
    for entity in entities:
        known = {entity.id}
        for text, _ in entity.names:
            doubt = keys.suspicion(text)
            if doubt:
                yield f"{entity.id}: {doubt}"
            for key in dict.fromkeys((keys.key(text), keys.lookalike(text))) if names else ():
                for other, form, spelling in names.table.keyed(key) if names else ():
                    if other not in known and form in ("name", "alias"):
                        known.add(other)
                        yield f"{entity.id}: possible duplicate of {other} ({spelling}), not merged"


def withdrawn(target: Path, now: Found, day: str) -> tuple[Claim, ...]:
    """The claims of an earlier import that a newer one no longer makes, withdrawn on a day.

    A new one of the same subject and predicate supersedes them, when there is exactly one.
    """
    before = rdf.read(target) if target.exists() else Bundle()
    held, made = {c.id for c in before.claims}, {c.id for c in now.claims}
    fresh = [c for c in now.claims if c.id not in held]
    found = []
    for old in before.claims:
        if old.id in made or old.withdrawn:
            continue
        new = [c.id for c in fresh if (c.subject, c.predicate) == (old.subject, old.predicate)]
        found.append(replace(old, withdrawn=day, superseded_by=new[0] if len(new) == 1 else ""))
    return tuple(found)


def joined(bundle: Bundle, claims: tuple[Claim, ...]) -> Bundle:
    """The bundle with further claims."""
    return Bundle(bundle.entities, bundle.articles, (*bundle.claims, *claims))


def write(bundle: Bundle, store: Store | None, target: Path, model: Model, *, source: str, licence: str) -> None:
    """Write what is new to `target` and what is known to its own files, each whole or not at all.

    Raises InputError for a target that is a link, DiskError when a file cannot be written.
    """
    output.check(target)
    parts = change.changes(bundle, store, target) if store else {target: (Bundle(), bundle)}
    for path, (_, then) in parts.items():
        try:
            turtle.write(then, path, model)
        except OSError as error:
            raise DiskError(f"cannot write: {error.strerror}", where=str(path)) from error
    list_source(target, source=source, licence=licence)


def list_source(target: Path, *, source: str, licence: str) -> None:
    """Give a file its entry in the folder's list of sources, where there is one and it is not there yet."""
    listed = target.parent / change.SOURCES
    if listed.exists() and f"\n{target.name}:" not in "\n" + listed.read_text(encoding="utf-8"):
        text = listed.read_text(encoding="utf-8").rstrip("\n")
        _place(f"{text}\n{target.name}:\n  source: {_quoted(source)}\n  licence: {_quoted(licence)}\n", listed)


def write_rejects(rejected: Iterable[Rejected], path: Path) -> None:
    """A CSV of what was refused: where, why, and the text as found."""
    output.check(path)
    out = io.StringIO()
    records = csv.writer(out, lineterminator="\n")
    records.writerow(("where", "reason", "text"))
    records.writerows((r.where, r.reason, r.text) for r in rejected)
    _place(out.getvalue(), path)


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML string


def _place(text: str, path: Path) -> None:
    """Write a small file whole or not at all."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise DiskError(f"cannot write: {error.strerror}", where=str(path)) from error
