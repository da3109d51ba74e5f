"""Search without a server: names in small script files by their first letters, each fetched only when needed.

A file holds every name with a word that begins with its two letters; a file of one letter holds the
best of them, for whoever has typed only one.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from anyascii import anyascii

from graph.sources import cldr
from viz import dossier
from viz.setting import Setting
from viz.shelf import Shelf
from viz.templating import embed

TOP_MOST: Final = 60
_MANY: Final = 0x2E80  # from here on writing has thousands of letters
_SPELLED: Final = ("", "Cyrl", "Grek")
"""The scripts (Latin: empty) whose words readers type in Latin letters, each letter for one or two."""
_WORD: Final = re.compile(r"\w+")
Row = tuple[str, str, str, str, int]


def fold(text: str) -> str:
    """The text as it is searched: no accents, lower case."""
    if text.isascii():
        return text.lower().strip()
    plain = unicodedata.normalize("NFKD", text).translate(_PLAIN)
    return plain.lower().replace("ı", "i").replace("ə", "a").strip()


class _Plain(dict[int, int | None]):
    """For `str.translate`: no marks, all else as it is; found out when first asked."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)).startswith("M") else code
        return self[code]


_PLAIN: Final = _Plain()


@functools.cache
def shard(word: str) -> str:
    """Which file a word is in: its first two letters as they stand in a file name, a hyphen for any other letter.

    Other letters than Latin ones share a file by 16; Chinese, Japanese and Korean ones, of which there are
    thousands, by 256.

    >>> shard("baku"), shard("a"), shard("баку"), shard("2025"), shard("北京")
    ('ba', 'a', 'u43', '20', 'u53')
    """
    head = word[:1]
    if not (head.isascii() and head.isalnum()):
        return f"u{ord(head) >> (8 if ord(head) >= _MANY else 4):x}" if head else "-"
    second = word[1:2]
    return head + (second if second.isascii() and second.isalnum() else "-" if second else "")


def rows(setting: Setting) -> list[Row]:
    """Every name that can be searched: its words, path, what is shown, its kind, its rank."""
    shelf = setting.shelf
    found: dict[tuple[str, str], Row] = {}
    translated = _translated(shelf)
    mentions = shelf.mentions()
    for name, thing in sorted(shelf.things.items()):
        kind = shelf.model.kind(thing.kind).label
        happened = dossier.when_of(name, shelf) if shelf.model.is_event(thing.kind) else None
        rank = min(999, mentions[name])
        path = setting.to(name).removesuffix("/index.html")
        label = f"{kind}, {happened[1]}" if happened else kind
        for text in dict.fromkeys((*(t for t, _ in (*thing.names, *thing.aliases)), *translated.get(name, ()))):
            for words in dict.fromkeys(_words(t) for t in _typed(text)):
                if words.strip():
                    found.setdefault((words, path), (words, path, thing.name, label, rank))
    for one, other in setting.pairs:
        names = [shelf.entity(e).name for e in (one, other)]
        path = setting.pair(one, other).removesuffix("/index.html")
        title = " and ".join(names)
        found[_words(title), path] = (_words(title), path, title, "relation", setting.pairs[one, other])
    return list(found.values())


def _typed(text: str) -> Iterator[str]:
    """A name as readers may type it: as it is, and in Latin letters."""
    yield text
    if not text.isascii() and cldr.script(text) in _SPELLED:
        yield anyascii(text)


def _translated(shelf: Shelf) -> Mapping[str, Sequence[str]]:
    """What each country is called in other languages."""
    found: dict[str, list[str]] = defaultdict(list)
    for claim in shelf.claims(predicate="isoCode"):
        found[claim.subject] += (text for text, _ in cldr.countries(claim.value))
    return found


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text).replace('_', ' ')))} "


def files(setting: Setting) -> dict[str, str]:
    """Every search file by its path; a file calls `backstoryShard` with its name and rows."""
    held: dict[str, list[Row]] = defaultdict(list)
    single: dict[str, list[Row]] = defaultdict(list)
    for row in rows(setting):
        words = row[0].split()
        names = {shard(word) for word in words}
        for name in names:
            held[name].append(row)
        for letter in {shard(word[0]) for word in words} - names:
            single[letter].append(row)
    for letter, own in single.items():
        best = sorted(own, key=lambda r: (-r[4], r[2], r[1]))
        held[letter] = list(dict.fromkeys((*held.get(letter, ()), *best[:TOP_MOST])))
    texts = {name: _file(name, own) for name, own in sorted(held.items())}
    texts["shards"] = f"backstoryShards({json.dumps(sorted(held), separators=(',', ':'))});\n"
    return {f"search/{name}.js": text for name, text in texts.items()}


def _file(name: str, found: list[Row]) -> str:
    return f"backstoryShard({json.dumps(name)},{embed(found)});\n"
