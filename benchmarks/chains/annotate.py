"""News items → who, what kind, how many died: a rough reading good enough to make distractors of.

No model and no list of persons: countries and their adjectives come from the Factbook, any other
capitalised name counts as an entity, and a person's or a place's country is what stands beside the
name most often ("Russian President Vladimir Putin", "Baku, Azerbaijan").
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pycountry

from graph.claim import slug

TITLES = (
    "President|Prime Minister|Premier|Chancellor|King|Queen|Emperor|Minister|Ambassador|General|Senator|"
    "Secretary|Leader|Speaker|Governor|Mayor|Chief|Commander|Admiral|Pope|Sultan|Emir|Crown Prince"
)
NAME = re.compile(r"\b(?:[A-Z][\w’'\-]+|[A-Z]{2,})(?: (?:of the |of |al-|bin |de |van |von )?[A-Z][\w’'\-]+)*")
SOURCES = re.compile(r"\s*\([^()]*\)\s*$")
COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {word: number for number, word in enumerate(COUNTED)}
_NUMBER = rf"\d[\d,]*|{'|'.join(COUNTED[1:])}"
DEATHS = re.compile(
    rf"(?:(?P<a>{_NUMBER})\b[^.;]{{0,40}}?(?:are|were|is|was|have been) killed"
    rf"|kill(?:s|ed|ing)(?: at least| more than| about| an estimated)? (?P<b>{_NUMBER})\b"
    r"|(?P<c>\d[\d,]*) (?:people )?(?:die|dead|deaths))",
    re.I,
)
_CRAFT = "(?:plane|aircraft|airliner|flight|helicopter)"
KINDS: tuple[tuple[str, str], ...] = (
    (r"airstrike|air strike|bombard|missile strike|drone strike", "Airstrike"),
    (rf"crash(?:es|ed)?\b.*{_CRAFT}|{_CRAFT}.*crash", "Crash"),
    (r"earthquake|flood|typhoon|hurricane|cyclone|landslide|wildfire|tsunami|avalanche|eruption", "Disaster"),
    (r"cyberattack|cyber attack|hackers", "Cyberattack"),
    (r"ceasefire|truce|armistice", "Ceasefire"),
    (r"coup\b", "Coup"),
    (r"election|polls open|voters", "Election"),
    (r"referendum|votes? (?:to|in favou?r|against)|parliament approves|passes a (?:bill|law)|Security Council", "Vote"),
    (r"sanction", "Sanction"),
    (r"expel", "Expulsion"),
    (r"summon", "Summons"),
    (r"resign|steps down", "Resignation"),
    (r"sworn in|appointed|appoints|inaugurated|named as", "Appointment"),
    (r"arrest|detain|capture", "Arrest"),
    (r"charged with|indict", "Charge"),
    (r"sentence|convict|court|acquit|verdict|rules that", "Ruling"),
    (r"releas(?:e|es|ed) (?:from|of)|freed|frees|pardon", "Release"),
    (r"raid|search(?:es)? the", "Raid"),
    (r"protest|demonstrat|riot|march(?:es|ed)? ", "Protest"),
    (r"battle|clash|fighting|offensive|shell|troops (?:enter|cross)|gun ?fight", "Battle"),
    (r"attack|bomb|explo|shoot|gunm[ae]n|kill|assassinat|stab", "Attack"),
    (r"sign(?:s|ed)? (?:a|an|the)|treaty|agreement|accord", "Signing"),
    (r"summit", "Summit"),
    (r"talks|meet(?:s|ing)?\b|negotiat", "Meeting"),
    (r"visit|arrives in|travels to", "Visit"),
    (r"withdraw|pull(?:s|ed)? out", "Withdrawal"),
    (r"deploy|sends troops|peacekeep", "Deployment"),
    (r"clos(?:e|es|ed|ure)|shut", "Closure"),
    (r"cancel|postpone|call(?:s|ed) off", "Cancellation"),
    (r"suspend|halt|ban(?:s|ned)?\b", "Suspension"),
    (r"accus|blam|alleg|denounc|condemn", "Accusation"),
    (r"den(?:y|ies|ied)\b|reject", "Denial"),
    (r"apolog", "Apology"),
    (r"threat|warn|ultimatum", "Threat"),
    (r"demand|calls? (?:on|for)|urges", "Demand"),
    (r"investigat|inquiry|probe", "Investigation"),
    (r"aid\b|assistance|donat", "Aid"),
    (r"dies|died|death of|found dead", "Death"),
    (r"exercise|drill", "Exercise"),
    (r"memorial|commemorat|funeral|anniversary", "Ceremony"),
)
PATTERNS = tuple((re.compile(pattern, re.I), kind) for pattern, kind in KINDS)
SKIPPED = frozenset(
    """the a an at in on it its he she they this that these after before during former several two three four five six
    at least more police president prime minister january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday
    foreign""".split()  # noqa: SIM905 (a list is read easier as text)
)


@dataclass(frozen=True, slots=True)
class Item:
    """A news item as read: day, kind, entities in order of mention, deaths, outlets, headings.

    `first` is true where it stands first under its headings that day: an item after it may have come
    to stand under them by the loss of the page's indents, and tell of something else.
    """

    date: str
    kind: str
    entities: tuple[str, ...]
    deaths: int
    sources: tuple[str, ...]
    topics: tuple[str, ...]
    text: str
    first: bool


def countries(shared: Path) -> dict[str, str]:
    """Names and adjectives of countries by entity id."""
    found: dict[str, str] = {}
    for country in pycountry.countries:
        name = getattr(country, "common_name", country.name).split(",")[0]
        found[name.lower()] = slug(name)
    for path in sorted((shared / "data" / "factbook").glob("*/*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        name = raw.get("Government", {}).get("Country name", {}).get("conventional short form", {}).get("text", "")
        adjective = raw.get("People and Society", {}).get("Nationality", {}).get("adjective", {}).get("text", "")
        if not name or name == "none" or "(" in name:
            name = name.split(" (")[0]
        if name and slug(name) in set(found.values()):
            for word in re.split(r"[;,]| or ", adjective):
                word = re.sub(r"\(.*?\)", "", word).strip().lower()
                if len(word) > 3:
                    found.setdefault(word, slug(name))
    found.update(
        {
            **dict.fromkeys(("us", "u.s.", "usa", "american", "united states", "the united states"), "united-states"),
            **dict.fromkeys(("uk", "u.k.", "british", "britain", "united kingdom"), "united-kingdom"),
            **dict.fromkeys(("russia", "russian", "kremlin"), "russia"),
            **dict.fromkeys(("turkish", "turkey", "türkiye"), "turkey"),
            **dict.fromkeys(("iran", "iranian"), "iran"),
            **dict.fromkeys(("syria", "syrian"), "syria"),
            **dict.fromkeys(("north korea", "north korean"), "north-korea"),
            **dict.fromkeys(("south korea", "south korean"), "south-korea"),
            **dict.fromkeys(("palestine", "palestinian", "palestinians"), "palestine"),
            **dict.fromkeys(("dutch", "netherlands"), "netherlands"),
            **dict.fromkeys(("vietnam", "vietnamese"), "vietnam"),
            **dict.fromkeys(("venezuela", "venezuelan"), "venezuela"),
            **dict.fromkeys(("taiwan", "taiwanese"), "taiwan"),
            **dict.fromkeys(("bolivia", "bolivian"), "bolivia"),
            **dict.fromkeys(("moldova", "moldovan"), "moldova"),
            **dict.fromkeys(("tanzania", "tanzanian"), "tanzania"),
            **dict.fromkeys(("laos", "lao"), "laos"),
            **dict.fromkeys(("kosovo", "kosovar"), "kosovo"),
            **dict.fromkeys(("burma", "myanmar", "burmese"), "myanmar"),
            **dict.fromkeys(("afghan", "afghanistan"), "afghanistan"),
            **dict.fromkeys(("congo", "drc", "congolese"), "dr-congo"),
        }
    )
    return found


def read(shared: Path, years: range = range(1900, 2100)) -> tuple[tuple[Item, ...], dict[str, str]]:
    """The Current Events items of some years, and the country learned for other names."""
    known = countries(shared)
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    items: list[Item] = []
    before: object = None
    path = shared / "data" / "current-events.dev.jsonl"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            if int(raw["date"][:4]) in years:
                here = raw["date"], raw["topics"]
                items.append(_item(raw, known, beside, first=here != before))
                before = here
    home = {name: seen.most_common(1)[0][0] for name, seen in beside.items() if seen.most_common(1)[0][1] >= 2}
    return tuple(items), home


def _item(raw: dict[str, object], known: dict[str, str], beside: dict[str, Counter[str]], *, first: bool) -> Item:
    text = str(raw["text"])
    said = SOURCES.sub("", text)
    entities = tuple(dict.fromkeys(names(said, known, beside)))
    sources = tuple(str(s) for s in raw["sources"])  # type: ignore[attr-defined]
    topics = tuple(str(t) for t in raw["topics"])  # type: ignore[attr-defined]
    return Item(str(raw["date"]), kind(said), entities, deaths(said), sources, topics, text, first)


def names(text: str, known: dict[str, str], beside: dict[str, Counter[str]]) -> Iterator[str]:
    """The entities a text names; what stands beside a name is counted into `beside`."""
    last_country, last_end = "", -100
    previous, previous_end = "", -100
    for match in NAME.finditer(text):
        words = match[0].split()
        start = match.start()
        while words and (words[0].lower().rstrip("'s") in SKIPPED or re.fullmatch(TITLES, words[0])):
            start += len(words[0]) + 1
            words = words[1:]
        while words and words[0].lower() in known and len(words) > 1 and " ".join(words).lower() not in known:
            yield known[words[0].lower()]
            last_country, last_end = known[words[0].lower()], start + len(words[0])
            start += len(words[0]) + 1
            words = words[1:]
            while words and re.fullmatch(TITLES, words[0]):
                start += len(words[0]) + 1
                words = words[1:]
        name = re.sub(r"[’']s?$", "", " ".join(words))
        if len(name) < 3:
            continue
        country = known.get(name.lower()) or (known.get(name.lower()[:-1]) if name.endswith("s") else None)
        if country:
            yield country
            if previous and 0 <= start - previous_end <= 2:
                beside[previous][country] += 1
            last_country, last_end = country, match.end()
            continue
        if start == 0 and " " not in name:
            continue
        found = slug(name)
        if last_country and start - last_end <= 25 and " " in name:
            beside[found][last_country] += 1
        previous, previous_end = found, match.end()
        yield found


def kind(text: str) -> str:
    """The event kind a text suggests."""
    return next((kind for pattern, kind in PATTERNS if pattern.search(text)), "Statement")


def deaths(text: str) -> int:
    """How many the text says died, -1 when it does not say."""
    match = DEATHS.search(text)
    if not match:
        return -1
    number = (match["a"] or match["b"] or match["c"]).lower().replace(",", "")
    return NUMBERS[number] if number in NUMBERS else int(number)


def shared_entities(one: Iterable[str], other: Iterable[str]) -> int:
    """How many entities two readings have in common."""
    return len(set(one) & set(other))
