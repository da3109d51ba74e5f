"""Words of a sentence with what they can be: verb, auxiliary, preposition, name, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.reading import lists
from graph.reading.lexicon import PREPOSITIONS, Lexicon

_TOKEN: Final = re.compile(
    r"(?:[A-Z]\.){2,}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[^\W_]+(?:[-'’.&][^\W_]+)*(?:['’](?=\s|$|[^\w]))?|['’]s\b|[,;:()\"“”—–]|\S"
)
BE: Final = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "'s", "’s", "'re"])
HAVE: Final = frozenset(["has", "have", "had", "having", "'ve"])
FUTURE: Final = frozenset(["will", "shall", "'ll", "would", "won't", "wouldn't"])
MODAL: Final = frozenset(["may", "might", "could", "can", "should", "must", "cannot", "can't", "couldn't"]) | FUTURE
DO: Final = frozenset(["do", "does", "did", "don't", "doesn't", "didn't"])
NEGATIVES: Final = frozenset(["not", "never", "no", "n't", "nor", "neither", "hardly", "without"])
DETERMINERS: Final = lists.words("determiners")
PRONOUNS: Final = frozenset(
    ["he", "she", "it", "they", "we", "i", "you", "him", "them", "us", "me", "himself", "itself"]
)
RELATIVES: Final = frozenset(["who", "which", "that", "whom", "whose", "where"])
JOINERS: Final = frozenset(["and", "or", "but", "nor", "yet"])
SUBORDINATES: Final = lists.words("subordinates")
ADVERBS: Final = lists.words("adverbs")
_NOT_ADVERBS: Final = frozenset(
    ["family", "ally", "assembly", "supply", "italy", "early", "daily", "july", "reply", "rally", "bully"]
)


@dataclass(slots=True)
class Token:
    """A word with its place; `tag` is one of V, AUX, PREP, DET, PRON, REL, JOIN, SUB, ADV, NUM, DATE, NAME, P, W.

    `verbs` are the verbs it may be a form of, with the form.
    """

    text: str
    low: str
    start: int
    end: int
    tag: str = "W"
    verbs: tuple[tuple[str, str], ...] = ()

    def is_form(self, *forms: str) -> bool:
        """Whether it can be one of these forms of a verb."""
        return any(form in forms for _, form in self.verbs)


def tokens(text: str, lexicon: Lexicon, dated: Iterable[tuple[int, int]] = ()) -> list[Token]:
    """The tagged words of a sentence; `dated` are the places of its dates."""
    spans = tuple(dated)
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        if len(word) > 2 and word[-2:] in ("'s", "’s"):
            found.append(Token(word[:-2], word[:-2].lower(), start, end - 2))
            found.append(Token(word[-2:], "'s", end - 2, end, "POSS"))
            continue
        found.append(Token(word, word.lower().replace("’", "'"), start, end))
    long = [t for t in found if len(t.text) > 3 and t.text[:1].isalpha() and t.low not in PREPOSITIONS | SUBORDINATES]
    titled = len(long) > 2 and all(t.text[:1].isupper() for t in long)
    for at, token in enumerate(found):
        if any(first <= token.start < last for first, last in spans):
            token.tag = "DATE"
        elif token.tag != "POSS":
            token.tag = _closed(token, at, titled=titled)
            token.verbs = lexicon.forms.get(token.low, ()) or _unknown(token)
    for at, token in enumerate(found):
        if token.tag == "W" and token.verbs and _is_verb(found, at, lexicon):
            token.tag = "V"
    return found


def _closed(token: Token, at: int, *, titled: bool) -> str:
    low = token.low
    if not (low[:1].isalnum() or low in ("'s", "’s")):
        return "P"
    if low in BE | HAVE | MODAL | DO and not (low == "may" and token.text == "May" and at):
        return "AUX"
    for words, tag in ((RELATIVES, "REL"), (DETERMINERS, "DET"), (PRONOUNS, "PRON"), (JOINERS, "JOIN")):
        if low in words:
            return tag
    if low in NEGATIVES:
        return "NEG"
    if low in PREPOSITIONS or low == "to":
        return "PREP"
    if low in SUBORDINATES:
        return "SUB"
    if low[:1].isdigit():
        return "NUM"
    if low in ADVERBS or (
        low.endswith("ly") and len(low) > 4 and low not in _NOT_ADVERBS and not token.text[:1].isupper()
    ):
        return "ADV"
    return "NAME" if token.text[:1].isupper() and at and not titled else "W"


_NO_VERBS: Final = lists.words("no_verbs")


def _unknown(token: Token) -> tuple[tuple[str, str], ...]:
    """A word of no known verb that looks like a past form or a gerund."""
    low = token.low
    if len(low) > 4 and low.endswith("ed") and not low.endswith("eed") and "-" not in low:
        return ((low.removesuffix("ed"), "past"), (low.removesuffix("ed"), "participle"))
    if len(low) > 5 and low.endswith("ing") and "-" not in low and low not in _NO_VERBS:
        return ((low.removesuffix("ing"), "gerund"),)
    return ()


def _is_verb(found: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a word that can be a verb is one here."""
    token, before = found[at], _before(found, at)
    after = found[at + 1] if at + 1 < len(found) else None
    if before is None:
        return token.is_form("gerund", "participle", "past") and not (after and after.tag in ("V", "AUX"))
    if before.low == "to":
        return token.is_form("base")
    if before.tag == "AUX":
        return not (before.low in BE and token.is_form("base") and not token.is_form("participle", "gerund"))
    if before.low == "without":
        return token.is_form("gerund")
    if before.tag == "NEG":
        return token.is_form("base", "participle", "gerund", "past")
    named_by_number = before.tag == "NUM" and at > 1 and found[at - 2].text[:1].isupper() and token.is_form("past")
    if before.tag in ("DET", "POSS", "NUM") and not named_by_number:
        return False
    if token.is_form("past", "participle"):
        return before.tag != "PREP" and before.low not in ("newly", "so-called")
    if token.is_form("gerund"):
        noun = token.low in _NOUNLIKE and (after is None or after.tag in ("PREP", "P", "POSS", "V", "AUX"))
        return not (noun and before.tag in ("PREP", "W", "NAME", "JOIN"))
    if token.is_form("third"):
        noun = token.low in lexicon.nouns and not _opens_object(after, strict=True)
        return (
            not noun
            and before.tag not in ("PREP", "JOIN")
            and _opens_object(after)
            and before.tag in ("NAME", "W", "PRON", "REL", "ADV", "P", "DATE")
        )
    if before.tag == "JOIN" or before.tag in ("PRON", "REL"):
        return _opens_object(after)
    plural = before.low.endswith("s") or before.low in ("police", "people", "troops", "men", "women", "military")
    headline = before.low in lists.words("people") and after is not None and after.tag == "W"
    return plural and before.tag in ("W", "NAME") and (headline or _opens_object(after, strict=True))


_NOUNLIKE: Final = frozenset(
    ["meeting", "killing", "bombing", "shooting", "ruling", "fighting", "signing", "burning", "training"]
)


def _before(found: Sequence[Token], at: int) -> Token | None:
    """The word before, adverbs skipped."""
    at -= 1
    while at >= 0 and found[at].tag == "ADV":
        at -= 1
    return found[at] if at >= 0 else None


def _opens_object(after: Token | None, *, strict: bool = False) -> bool:
    if after is None:
        return not strict
    if strict:
        return after.tag in ("DET", "NAME", "NUM", "PRON", "POSS")
    return after.tag in ("DET", "NAME", "NUM", "PRON", "PREP", "W", "ADV", "DATE", "REL", "AUX") and after.low not in (
        "of",
    )
