"""What one date phrase means: readings of a matched pattern as stretches of days."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from graph.reading import lists, spans
from graph.reading.numbers import small
from graph.reading.spans import Span
from graph.when import Day, civil, day_of

MONTHS: Final = lists.lines("months")
_MONTH_KEYS: Final = {m[:3]: at for at, m in enumerate(MONTHS, 1)}
_WEEKDAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_PARTS: Final = {
    "early": "early", "beginning": "early", "start": "early", "outset": "early",
    "mid": "middle", "middle": "middle", "late": "late", "end": "late", "close": "late",
}  # fmt: skip
ROUGH_DAYS: Final = {"day": 0, "week": 3, "month": 15, "quarter": 40, "year": 120, "decade": 1100, "century": 8000}


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date in a text.

    `spans` are the stretches of days it may mean, the likeliest first; empty when it counts from a
    date the text did not give, then `offset` says how far (count, unit). `unit` is how sharp it is,
    `relation` on, since, until, by, before or after; `anchor` calendar, draft or text.
    """

    start: int
    end: int
    text: str
    spans: tuple[Span, ...]
    unit: str
    relation: str = "on"
    anchor: str = "calendar"
    rough: bool = False
    offset: tuple[int, str] = (0, "")

    @property
    def value(self) -> str:
        """The likeliest reading as TIMEX3 writes it; empty when it is not known."""
        return spans.value(self.spans[0], self.unit) if self.spans else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What dates are counted from: the day of the draft, the date told last, whether the sentence looks ahead."""

    today: Day
    last: Span | None = None
    ahead: bool = False


# -- readings ---------------------------------------------------------------------------------


def _year_of(month: int, date: int, known: Known) -> tuple[int, ...]:
    """The years that a date without a year may mean, the likeliest first."""
    this = civil(known.today)[0]

    def far(year: int) -> float:
        first, last = spans.month(year, month)
        day = min(first + date - 1, last) if date else (first if known.ahead else last)
        ahead = day - known.today if date else first - known.today
        if ahead > 0:
            return ahead * (0.7 if known.ahead else 2.0)
        return (known.today - day) * (1.5 if known.ahead else 1.0)

    likely = sorted((this - 1, this, this + 1), key=far)
    options = [likely[0]]
    if known.last is not None:
        told = civil(known.last[0])[0]
        options.append(told if day_of(told, month, 28) >= known.last[0] else told + 1)
    if likely[1] == this:
        options.append(this)
    return tuple(dict.fromkeys(options))


def _years(parts: dict[str, str | None], month: int, date: int, known: Known) -> tuple[int, ...]:
    """The years a date may mean: written, told by "last year" or "last October", or the likeliest ones."""
    this = civil(known.today)
    if parts.get("year"):
        return (int(parts["year"] or 0),)
    if parts.get("near"):
        return (this[0] + {"this": 0, "last": -1, "next": 1}[(parts["near"] or "").lower()],)
    lead = (parts.get("lead") or "").strip().lower()
    if lead in ("last", "next"):
        if month == this[1]:
            return (this[0] + (1 if lead == "next" else -1),)
        return _year_of(month, date, replace(known, ahead=lead == "next", last=None))
    return _year_of(month, date, known)


def _months(text: str) -> int:
    return _MONTH_KEYS[text[:3].lower()]


def _on(month: int, date: int, year: int) -> Span | None:
    first, last = spans.month(year, month)
    day = first + date - 1
    return (day, day) if day <= last else None


def read_full_date(match: re.Match[str], known: Known) -> DatePhrase | None:
    """A day of a month, or several in a row; a weekday beside it chooses among years."""
    parts = match.groupdict()
    month, date = _months(parts["month"]), int(parts["date"])
    years = _years(parts, month, date, known)
    found = tuple(s for s in (_on(month, date, year) for year in years) if s)
    if not found:
        return None
    if parts.get("date2") and int(parts["date2"]) > date:
        length = int(parts["date2"]) - date
        found = tuple((first, first + length) for first, _ in found)
    if parts.get("weekday") and not parts.get("year"):
        wanted = _WEEKDAYS.index(f"{parts['weekday'].lower()}day")
        found = tuple(sorted(found, key=lambda s: spans.weekday(s[0]) != wanted))
    return DatePhrase(match.start(), match.end(), match[0], found, "day")


def read_numeric(match: re.Match[str], _known: Known) -> DatePhrase | None:
    """A day in figures; which part is the month may be open."""
    one, other, year = int(match["a"]), int(match["b"]), int(match["year"])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    found = []
    for month, date in ((other, one), (one, other)):
        span = _on(month, date, year) if 1 <= month <= 12 and date else None
        if span and span not in found:
            found.append(span)
    return DatePhrase(match.start(), match.end(), match[0], tuple(found), "day") if found else None


def read_iso(match: re.Match[str], _known: Known) -> DatePhrase | None:
    """A day as ISO 8601 writes it."""
    month, date = int(match["m"]), int(match["d"])
    span = _on(month, date, int(match["year"])) if 1 <= month <= 12 and date else None
    return DatePhrase(match.start(), match.end(), match[0], (span,), "day") if span else None


_MODAL: Final = ("may", "march", "mar", "sun", "sat", "august")


def read_month(match: re.Match[str], known: Known) -> DatePhrase | None:
    """A month, perhaps a part of it, with or without a year."""
    parts = match.groupdict()
    name = parts["month"].lower()
    month = _months(name)
    lead = (parts.get("lead") or "").strip().lower()
    if not any(parts.get(k) for k in ("year", "part", "near")) and not lead and name.rstrip(".") in _MODAL:
        before = match.string[: match.start()].rstrip().split(" ")[-1].lower()
        if before not in lists.words("before_months"):
            return None
    years = _years(parts, month, 0, known)
    found = tuple(spans.month(y, month) for y in years)
    if parts.get("part"):
        found = tuple(spans.part(s, _PARTS[parts["part"].lower()]) for s in found)
    return DatePhrase(match.start(), match.end(), match[0], found, "month", rough=bool(parts.get("part")))


def read_year(match: re.Match[str], _known: Known) -> DatePhrase | None:
    """A year or a part of one."""
    year = int(match["year"])
    span: Span = (day_of(year), day_of(year + 1) - 1)
    if match["part"]:
        part = spans.part(span, _PARTS[match["part"].lower()])
        return DatePhrase(match.start(), match.end(), match[0], (part,), "year", rough=True)
    return DatePhrase(match.start(), match.end(), match[0], (span,), "year")


def read_bare_year(match: re.Match[str], known: Known) -> DatePhrase | None:
    """Four digits are a year when a preposition leads to them, or when nothing is counted by them."""
    after = match.string[match.end() :]
    led = re.search(r"\b(?:in|since|by|until|of|from|to|and|for|during|before|after|through|early|late"
    r"|around|about|the|or"
                    r"|between|circa|then)\s*$|[-–(]\s*$", match.string[: match.start()], re.I)  # fmt: skip
    counted = re.match(r"\s+(?:[a-z-]+s|people|men|women)\b", after)
    if counted and not led:
        return None
    if re.match(r"\s*(?:km|kilomet|miles?|metres|meters|percent|%|dollars|euros|tons|tonnes|MW)", after):
        return None
    if re.search(r"[$€£#]\s*$|\b(?:No|page|Flight|Resolution|room)\.?\s*$", match.string[: match.start()], re.I):
        return None
    return read_year(match, known)


def read_decade(match: re.Match[str], _known: Known) -> DatePhrase | None:
    """A decade or a part of one."""
    text = match["decade"]
    year = int(text) if len(text) == 4 else 1900 + int(text)
    if year % 10:
        return None
    span: Span = (day_of(year), day_of(year + 10) - 1)
    if match["part"]:
        span = spans.part(span, _PARTS[match["part"].lower()])
    return DatePhrase(match.start(), match.end(), match[0], (span,), "decade", rough=bool(match["part"]))


def read_century(match: re.Match[str], _known: Known) -> DatePhrase | None:
    """A century."""
    first = (int(match["n"]) - 1) * 100
    return DatePhrase(match.start(), match.end(), match[0], ((day_of(first), day_of(first + 100) - 1),), "century")


def read_weekday(match: re.Match[str], known: Known) -> DatePhrase | None:
    """A weekday: the last one, or the next when the clause looks ahead."""
    wanted = _WEEKDAYS.index(f"{match['weekday'].lower()}day")
    lead = " ".join((match["lead"] or "").lower().split())
    back = (spans.weekday(known.today) - wanted) % 7
    past, ahead = known.today - back, known.today + (7 - back) % 7
    if lead.startswith("next"):
        days = [known.today + 7 - back if back else known.today + 7, known.today + 14 - back]
    elif lead.startswith("last"):
        days = [past if back else past - 7, past - 7]
    elif lead.startswith(("this", "coming")):
        days = [past, ahead]
    else:
        days = [ahead, past] if known.ahead else [past, ahead]
        if known.last is not None and known.last[0] == known.last[1] and known.today - known.last[1] > 6:
            told = known.last[0]
            days.append(told + (wanted - spans.weekday(told)) % 7)
    found = tuple((d, d) for d in dict.fromkeys(days))
    return DatePhrase(match.start(), match.end(), match[0], found, "day", anchor="draft")


def read_near(match: re.Match[str], known: Known) -> DatePhrase | None:
    """Yesterday, today, overnight and the like."""
    words = " ".join(match[0].lower().split())
    offset = {"yesterday": -1, "tomorrow": 1}.get(words.split()[0], 0)
    if words.startswith("the day before yesterday"):
        offset = -2
    if words == "overnight":
        return DatePhrase(
            match.start(), match.end(), match[0], ((known.today - 1, known.today),), "day", anchor="draft"
        )
    if words == "last night":
        offset = -1
    day = known.today + offset
    return DatePhrase(match.start(), match.end(), match[0], ((day, day),), "day", anchor="draft")


def read_this_unit(match: re.Match[str], known: Known) -> DatePhrase | None:
    """Read “This week”, "last month", "earlier this year", "late next week", "the past two weeks"."""
    parts = match.groupdict()
    lead, name = parts["lead"].lower(), parts["unit"].lower()
    if name in spans.SEASONS:
        return _season_near(match, known, lead, name)
    offset = {"this": 0, "current": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}[lead]
    if lead == "past":
        length = {"week": 7, "month": 30, "year": 365, "decade": 3653, "century": 36525}.get(name, 1)
        span: Span = (known.today - length, known.today)
    elif name == "weekend":
        monday = known.today - spans.weekday(known.today)
        step = offset if spans.weekday(known.today) < 5 else offset + (1 if offset < 0 else 0)
        options = (
            ((monday - 2, monday - 1), (monday + 5, monday + 6))
            if lead == "this"
            else (spans.unit(known.today, "weekend", step),)
        )
        return DatePhrase(match.start(), match.end(), match[0], options, "weekend", anchor="draft")
    else:
        span = spans.unit(known.today, name, offset)
    when = (parts.get("when") or "").lower()
    if when == "earlier":
        span = (span[0], max(span[0], known.today))
    elif when == "later":
        span = (min(known.today, span[1]), span[1])
    elif parts.get("part"):
        span = spans.part(span, _PARTS[parts["part"].lower()])
    rough = bool(when or parts.get("part"))
    return DatePhrase(match.start(), match.end(), match[0], (span,), name, anchor="draft", rough=rough)


def _season_near(match: re.Match[str], known: Known, lead: str, name: str) -> DatePhrase:
    year = civil(known.today)[0]
    options = [spans.season(y, spans.SEASONS[name]) for y in (year - 1, year, year + 1)]
    if lead in ("last", "past", "previous"):
        found = [s for s in options if s[1] < known.today][-1:]
    elif lead in ("next", "coming"):
        found = [s for s in options if s[0] > known.today][:1]
    else:
        found = sorted(options, key=lambda s: abs((s[0] + s[1]) // 2 - known.today))[:1]
    return DatePhrase(match.start(), match.end(), match[0], tuple(found), "season", anchor="draft", rough=True)


def read_season(match: re.Match[str], known: Known) -> DatePhrase | None:
    """A season of a year, or the nearest one."""
    name = match["season"].lower()
    if match["year"]:
        found = (spans.season(int(match["year"]), spans.SEASONS[name]),)
        return DatePhrase(match.start(), match.end(), match[0], found, "season", rough=True)
    return _season_near(match, known, "this", name)


def read_ago(match: re.Match[str], known: Known) -> DatePhrase | None:
    """Read “Two days ago” from the draft; "a week later" from the date told before."""
    parts = match.groupdict()
    name, word = parts["unit"].lower(), parts["word"].lower()
    said = (parts["count"] or "a").lower()
    vague = said in ("couple of", "few", "several")
    count = {"couple of": 2, "few": 3, "several": 4}.get(said) or small(said)
    if word == "from now":
        sign, anchor = 1, "draft"
    elif word in ("ago", "back"):
        sign, anchor = -1, "draft"
    else:
        sign, anchor = (-1 if word in ("earlier", "before", "previously") else 1), "text"
    rough = vague or bool((parts.get("about") or "").strip()) or name not in ("day", "week")
    offset = (sign * count, name)
    base = (
        known.today if anchor == "draft" else (known.last[0] if known.last and known.last[0] == known.last[1] else None)
    )
    if base is None:
        return DatePhrase(match.start(), match.end(), match[0], (), "day", anchor=anchor, rough=rough, offset=offset)
    unit = "day" if name == "week" and not vague else name
    first, last = spans.shifted(base, name, sign * count)
    if vague:
        width = ROUGH_DAYS.get(name, 0) * 3 or 2
        first, last = first - width, last + width
    elif name in ("month", "year", "decade", "century"):
        first, last = spans.unit(first, "month" if name == "month" else "year")
        unit = "month" if name == "month" else "year"
    return DatePhrase(match.start(), match.end(), match[0], ((first, last),), unit, "on", anchor, rough, offset)


def read_beside(match: re.Match[str], _known: Known) -> DatePhrase | None:
    """Read “Two days after the crash”: counted from what is named next."""
    parts = match.groupdict()
    said = (parts["count"] or "a").lower()
    vague = said in ("couple of", "few", "several") or bool((parts.get("about") or "").strip())
    count = {"couple of": 2, "few": 3, "several": 4}.get(said) or small(said)
    sign = -1 if parts["word"].lower() == "before" else 1
    name = parts["unit"].lower()
    rough = vague or name not in ("day", "week")
    return DatePhrase(match.start(), match.end(), match[0], (), name, "on", "event", rough, (sign * count, name))


def read_same(match: re.Match[str], known: Known) -> DatePhrase | None:
    """Read “The following day”, "that month", "the same week": counted from the date told before."""
    lead, name = match["lead"].lower(), match["unit"].lower()
    name = "day" if name in ("morning", "afternoon", "evening", "night") else name
    offset = {"following": 1, "next": 1, "previous": -1, "preceding": -1, "day before": -1, "day after": 1}.get(lead, 0)
    if known.last is None:
        return DatePhrase(match.start(), match.end(), match[0], (), name, anchor="text", offset=(offset, name))
    span = spans.unit(known.last[0], name, offset)
    if name == "day" and known.last[1] - known.last[0] > 3:
        span = (known.last[0] + offset, known.last[1] + offset)
    when = (match.groupdict().get("when") or "").lower()
    if when in ("later", "late"):
        span = (min(known.last[1], span[1]), span[1])
    elif when == "earlier":
        span = (span[0], max(span[0], known.last[0]))
    return DatePhrase(
        match.start(), match.end(), match[0], (span,), name, anchor="text", rough=bool(when), offset=(offset, name)
    )


def read_around(match: re.Match[str], known: Known) -> DatePhrase | None:
    """Read “The day before”, "a day after": beside a date or an event that is named next."""
    offset = -1 if match["way"].lower() == "before" else 1
    if known.last is None or known.last[0] != known.last[1]:
        return DatePhrase(match.start(), match.end(), match[0], (), "day", anchor="text", offset=(offset, "day"))
    day = known.last[0] + offset
    return DatePhrase(match.start(), match.end(), match[0], ((day, day),), "day", anchor="text", offset=(offset, "day"))


def read_weekend(match: re.Match[str], known: Known) -> DatePhrase | None:
    """The last weekend, or the coming one."""
    monday = known.today - spans.weekday(known.today)
    inside = spans.weekday(known.today) >= 5
    span = (monday + 5, monday + 6) if inside or known.ahead else (monday - 2, monday - 1)
    return DatePhrase(match.start(), match.end(), match[0], (span,), "weekend", anchor="draft")


def read_week_of(match: re.Match[str], known: Known) -> DatePhrase | None:
    """The week that holds a day."""
    day = read_full_date(match, known)
    if day is None:
        return None
    return DatePhrase(match.start(), match.end(), match[0], tuple(spans.unit(s[0], "week") for s in day.spans), "week")


def read_ordinal(match: re.Match[str], known: Known) -> DatePhrase | None:
    """Read “On the 27th”: of the month told before, or of the draft's."""
    base = known.last[0] if known.last else known.today
    year, month, _ = civil(base)
    span = _on(month, int(match["date"]), year)
    return DatePhrase(match.start(), match.end(), match[0], (span,), "day", anchor="text") if span else None


def read_holiday(match: re.Match[str], known: Known) -> DatePhrase | None:
    """A holiday of the nearest year, or of the one given."""
    name = re.sub(r"\s+", " ", match["name"].lower().replace("’", "'"))
    years = (int(match["year"]),) if match["year"] else tuple(civil(known.today)[0] + step for step in (0, -1, 1))
    days = sorted((spans.holiday(name, y) for y in years), key=lambda d: (abs(d - known.today), d))
    return DatePhrase(match.start(), match.end(), match[0], tuple((d, d) for d in days[:2]), "day")
