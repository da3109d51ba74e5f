"""Search without a server: names in small script files by their first letters, each fetched only when needed.

A file holds every name with a word that begins with its two letters; a file of one letter holds the
best of them, for whoever has typed only one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from typing import Final

from anyascii import anyascii

from viz import dossier
from viz.setting import Setting
from viz.templating import embed

TOP_MOST: Final = 60
_WORD: Final = re.compile(r"\w+")
Row = tuple[str, str, str, str, int]


def fold(text: str) -> str:
    """The text as it is searched: no accents, lower case."""
    if text.isascii():
        return text.lower().strip()
    plain = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.category(c).startswith("M"))
    return "".join(plain).lower().replace("ı", "i").replace("ə", "a").strip()


def shard(word: str) -> str:
    """Which file a word is in: its first two letters as they stand in a file name, a hyphen for any other letter.

    >>> shard("baku"), shard("a"), shard("баку"), shard("2025")
    ('ba', 'a', 'u431', '20')
    """
    head = word[:1]
    if not (head.isascii() and head.isalnum()):
        return f"u{ord(head):x}" if head else "-"
    second = word[1:2]
    return head + (second if second.isascii() and second.isalnum() else "-" if second else "")


def rows(setting: Setting) -> list[Row]:
    """Every name that can be searched: its words, path, what is shown, its kind, its rank."""
    shelf = setting.shelf
    found: dict[tuple[str, str], Row] = {}
    mentions = shelf.mentions()
    for name, thing in sorted(shelf.things.items()):
        kind = shelf.model.kind(thing.kind).label
        happened = dossier.when_of(name, shelf) if shelf.model.is_event(thing.kind) else None
        rank = min(999, mentions[name])
        path = setting.to(name).removesuffix("/index.html")
        label = f"{kind}, {happened[1]}" if happened else kind
        for text in dict.fromkeys(t for t, _ in (*thing.names, *thing.aliases)):
            for words in dict.fromkeys(_words(t) for t in (text, anyascii(text))):
                if words.strip():
                    found.setdefault((words, path), (words, path, thing.name, label, rank))
    for one, other in setting.pairs:
        names = [shelf.entity(e).name for e in (one, other)]
        path = setting.pair(one, other).removesuffix("/index.html")
        title = " and ".join(names)
        found[_words(title), path] = (_words(title), path, title, "relation", setting.pairs[one, other])
    return list(found.values())


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text).replace('_', ' ')))} "


def shards(setting: Setting) -> dict[str, str]:
    """Every search file by name; a file calls `backstoryShard` with its name and rows."""
    files: dict[str, list[Row]] = defaultdict(list)
    single: dict[str, list[Row]] = defaultdict(list)
    for row in rows(setting):
        for word in row[0].split():
            files[shard(word)].append(row)
            if len(shard(word)) == 2:
                single[word[0]].append(row)
    for letter, own in single.items():
        best = sorted(dict.fromkeys(own), key=lambda r: (-r[4], r[2], r[1]))
        files[letter] = [*files.get(letter, []), *best[:TOP_MOST]]
    return {name: _file(name, list(dict.fromkeys(own))) for name, own in sorted(files.items())} | {
        "shards": f"backstoryShards({json.dumps(sorted(files), separators=(',', ':'))});\n"
    }


def _file(name: str, found: list[Row]) -> str:
    return f"backstoryShard({json.dumps(name)},{embed(found)});\n"
