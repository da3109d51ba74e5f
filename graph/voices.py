"""Who is really speaking: the independent voices behind citations.

Wire copies of one story count as one voice, and so do outlets with one owner.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.claim import Citation, Claim, Stance
from graph.store import Store


def voice(article: str, store: Store) -> str:
    """The entity that answers for an article: the owner of whoever wrote it, or the writer itself.

    A copy speaks with the voice of its original, a wire story with that of its agency.
    """
    return store.kept(("voice", article), lambda: _voice(article, store))


def _voice(article: str, store: Store) -> str:
    seen = {article}
    document = store.article(article)
    while document.copy_of and document.copy_of not in seen:
        seen.add(document.copy_of)
        document = store.article(document.copy_of)
    return owner(document.origin or document.publisher, store)


def owner(source: str, store: Store) -> str:
    """The last owner up the chain of `ownedBy` claims; the source itself when none is recorded."""
    return store.kept(("owner", source), lambda: _owner(source, store))


def _owner(source: str, store: Store) -> str:
    seen = {source}
    while True:
        held = [c.value for c in store.claims(subject=source, predicate="ownedBy") if c.value not in seen]
        if not held:
            return source
        source = min(held)
        seen.add(source)


def voices(citations: Iterable[Citation], store: Store, stance: Stance = Stance.STATES) -> tuple[str, ...]:
    """The independent voices among citations of one stance, sorted."""
    return tuple(sorted({voice(c.article, store) for c in citations if c.stance is stance}))


def speakers(claim: Claim, stance: Stance = Stance.STATES) -> tuple[str, ...]:
    """The entities quoted as saying it, sorted; an article's own voice is the empty string."""
    return tuple(sorted({c.speaker for c in claim.citations if c.stance is stance}))
