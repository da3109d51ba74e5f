"""Who a Factbook field names as chief of state or head of government, with title and start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.errors import RejectedInput
from graph.sources.factbook import text as text_

ROLES: Final = {"chief_of_state": "headOfStateOf", "head_of_government": "headOfGovernmentOf"}
# Words of titles; the name begins at the first word that is none of them.
_TITLES: Final = """
    acting amir and armed authority bainimarama-led cap captain captains caretaker central chair chairman
    chairperson chancellor chief co co-chiefs co-prince coprince co-vice commander-in-chief commission committee
    confederation council crown de deputy duke elect emir emperor executive first for foreign french
    general-secretary general gnu governate government governorate govern grand head his her homeland in in-charge
    interim king leader malietoa military minister ministers national of officer or overall pontifical pope premier
    presidency president presidential prime prince princess queen regent republic safeguard secretary
    secretary-general sovereign spanish state sultan sultan, supreme swiss taliban taoiseach the transition
    transitional vatican vice yang di-pertuan agong affairs political city forces sudanese cnsp co-president federal
    islamic afghanistan spain provisional highness majesty royal nation elective party workers' people's assembly
    cabinet caretaker's chairwoman is administration administrative adviser advisor bosnia herzegovina holy see
    papal state/head gnu, council, president, head, chairman, chair, speaker house representatives parliament
    legislative senate congress deputies commission, transition, presidential, military, junta prime-minister
    leadership safeguarding interior administrator governor commander sac mann lord presidents commissioner
"""
_RANKS: Final = """
    capt col maj.gen. sen. adm. admiral archbishop brig. bishop capt. cardinal col. colonel dame dr. field gen.
    general gen hon. lt. lt maj. maj marshal mr. mrs. mullah prof. ratu rt. sayyid sheikh shaykh sir sr. tun
    tuanku vice-adm. msgr. air vice-marshal vice-marshall
"""
_TITLE: Final = frozenset(_TITLES.split())
_RANK: Final = frozenset(_RANKS.split())
_CAPACITY: Final = re.compile(
    r"\b(acting|interim|caretaker|transitional|transition|provisional|co-prince|coprince)\b", re.I
)
_BRACKET: Final = re.compile(r"\(([^()]*)\)?")
_PREAMBLE: Final = re.compile(r"^Notification Statement:.*?(?=President Nicolas)")
_TAIL: Final = re.compile(
    r",? (?:-|aka|formerly|serving as|in caretaker status|elected)\b.*$|, (?:Dr|Lt\. Gen)\b\.?$|, since\b.*$"
)
_NOTE: Final = re.compile(r";? *\bnote *[-–—:].*$|;? *note *[-–].*$", re.I)
_ALSO: Final = re.compile(r"(?:,|;)? *\(?also (?:spelled|known as|referred to as)[^;)(]*\)?", re.I)
# The one field that is a sentence in every list: who leads the government in fact.
_TALIBAN: Final = re.compile(r"(?:overall |Overall )Taliban Leader ([A-Z]+ [A-Z][a-z]+) (?:serves|is) ")
_NOBODY: Final = re.compile(r"\bvacant\b|\bnone\b|^NA$|\(?vacant\)?", re.I)
_ELECT: Final = re.compile(r"\b(?:elect|designate)\b", re.I)
_SENTENCE: Final = re.compile(
    r"\b(?:serves|was|were|is|will|would|died|resigned|departed|overthrown|previously|appointed)\b"
)


@dataclass(frozen=True, slots=True)
class Incumbent:
    """A person named in a field: title, name in ordinary letters, EDTF start ("" unknown), capacity."""

    title: str
    name: str
    since: str
    capacity: str = ""


def incumbents(text: str) -> Iterator[Incumbent]:
    """The incumbents a field names: the first one, and further ones who share the office.

    Deputies, representatives and notes are left out.
    Raises RejectedInput when the field names somebody in a way that cannot be read.
    """
    whole = text_.plain(text)
    body = _ALSO.sub("", _NOTE.sub("", _PREAMBLE.sub("", whole))).strip(" .;")
    if not body or body.upper() in ("NA", "NONE"):
        return
    pair = re.match(
        r"co-chiefs of state (?:Captains? Regent )?(.+?) and (?:Captain (?:Regent )?)?(.+?) \(for the period (.+?) -",
        body,
    )
    if pair:
        since = text_.date(pair[3])
        yield from (Incumbent("Captain Regent", text_.named(n), since, "co-") for n in (pair[1], pair[2]))
        return
    parts = [p for p in text_.split(body, ";") if not re.match(r"(?:and )?represented by", p)]
    taliban = _TALIBAN.match(body)
    if taliban:
        yield Incumbent("Taliban Leader", text_.named(taliban[1]), "")
        return
    first = _incumbent(parts[0], whole)
    if first is not None:
        yield first
        yield from _sharing(first, body)


def _sharing(first: Incumbent, body: str) -> Iterator[Incumbent]:
    """Andorra's second co-prince stands behind the first one and those who represent them."""
    if "prince" not in first.title.lower() or not first.capacity:
        return
    second = re.search(r"and (?:Spanish )?(Co-?prince [^;]*)", body)
    found = _incumbent(second[1], body) if second else None
    if found is not None:
        yield found


def _incumbent(part: str, whole: str) -> Incumbent | None:
    """The person in one part of a field; None when the office is said to be vacant or not yet taken."""
    dated = [b for b in _BRACKET.findall(part) if text_.date(b)]
    head = part.split(f"({dated[0]}")[0] if dated else part
    if _NOBODY.search(part) or _ELECT.search(head):
        return None
    head = re.sub(r" [-–] (?:previously|formerly)\b.*$", "", _BRACKET.sub(" ", head)).strip(" ,.-–")
    if _SENTENCE.search(re.sub(r"^.*State is ", "", head)):
        raise RejectedInput("a sentence, not a title and a name", where=whole[:60])
    title, name = _cut(head)
    if not name or re.search(r"\d", name):
        raise RejectedInput("no name", where=whole[:60])
    if " and " in name or re.search(r",(?! ?(?:Jr|Sr)\b)", name) or title.startswith("Presidents"):
        raise RejectedInput("several people at once", where=whole[:60])
    if title.startswith(("Vice President", "Deputy")):
        raise RejectedInput("a deputy, not the head", where=whole[:60])
    capacity = _CAPACITY.search(f"{title} {head}")
    word = capacity[0].lower() if capacity else ""
    word = "co-" if word.startswith("co") else word
    return Incumbent(title, text_.named(name), text_.date(dated[0]) if dated else "", word)


def _cut(head: str) -> tuple[str, str]:
    """Title and name of a head like `Prime Minister Nikol PASHINYAN`, ranks left out."""
    words = head.split()
    at = 0
    while at < len(words) and words[at].lower().strip("()[],") in _TITLE | _RANK | _places():
        at += 1
    title = [w for w in words[:at] if w.lower() not in _RANK or w.lower() == "general"]
    if words[at - 1 : at] == ["of"]:  # Queen of Australia ELIZABETH II
        at += next((i for i, w in enumerate(words[at:]) if re.search(r"[A-Z]{2}", w)), 0)
    name = _TAIL.sub("", " ".join(words[at:])).strip(" ,")
    return " ".join(title).strip(" ,"), re.sub(r"^(?:of|the|is) ", "", name)


def _places() -> frozenset[str]:
    """Words of country names, which stand in titles like `President of China`."""
    return frozenset(["china", "bosnia", "herzegovina", "spain", "netherlands", "denmark", "norway", "polynesia"])
