"""The words that tell what an event is about, from its name and summary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

PREFIX: Final = "~"
MOST_WORDS: Final = 24
_WORD: Final = re.compile(r"[a-z][a-z'’]{2,}")
_ORDINARY: Final = frozenset(
    """about above according accuse accused accuses accusing across added after against agree agreed ago ahead all also
    although amid among and announce announced announces another any are area around ask asked authorities based became
    because become been before began being between both but call called calls came can city civilian claim claimed
    claims come could countries country day days dead death deaths declare declared despite did died dies does down due
    during each early eight election end ended ends event ever every expected face far february federal few fifth first
    five following for force forced forces foreign former found four fourth friday from gave get give given goes
    government group had half has have head held her here him his hold holds hour hours how however hundred hundreds
    including injured injuring into its itself january join july june just keep kill killed killing kills known large
    last late later latest lead leader leaders leading least leave leaves left less like local made main major make
    makes man many march may meet meeting meets member members men met military million minister ministers ministry
    monday month months more morning most move name named national near nearly new news next nine north northern not
    november now number october off office officer officers official officials one only open order other others out
    outside over part parts party past people person place plan plans police policy possible president previously prime
    public put reach reached received recent remain reported reportedly reports result results return right run said
    same saturday saying says second security see sent september set seven several she should show shows since six some
    source sources south southern speaking started state statement states still stop such sunday support take taken
    takes ten than that the their them then there these they third this those thousand thousands three through thursday
    time times told took total toward towards troops tuesday two under united until use used using very vote wants was
    wednesday week weeks well went were west western what when where which while who whose will with within without
    woman women working world would wounded wounding year years yesterday yet you""".split()  # noqa: SIM905 (a list is read easier as text)
)


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The distinct telling words of some texts as entity ids, in order of appearance, at most `MOST_WORDS`.

    Plurals and possessives are cut; ordinary news words are left out.

    >>> words_of(["Azerbaijan closes the Russian House in Baku"])
    ('~azerbaijan', '~close', '~russian', '~house', '~baku')
    """
    found: dict[str, None] = {}
    for text in texts:
        plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
        for word in _WORD.findall(plain):
            short = stem(word)
            if word not in _ORDINARY and short not in _ORDINARY:
                found.setdefault(f"{PREFIX}{short}", None)
    return tuple(found)[:MOST_WORDS]


def stem(word: str) -> str:
    """A word without plural and possessive: enough to match names in headlines."""
    word = word.removesuffix("'s").rstrip("'")
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
