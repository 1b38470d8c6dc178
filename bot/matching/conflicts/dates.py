"""Dates in a text, partial ones too (`6 Feb`, `in 2019`, `the 1990s`), and whether a question's fit the record."""

import re
from collections.abc import Sequence

from bot.matching.conflicts.model import Conflict, Date, Pair, Statement
from bot.matching.conflicts.tokens import Token

_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)} | {
    name[:3]: number for number, name in enumerate(_NAMES, 1)
} | {"sept": 9}  # fmt: skip
_ALSO_WORDS = frozenset(("may", "march", "mar", "jan", "dec", "sep", "jun", "apr"))
_BEFORE_MONTH = frozenset("in of since until by last this during from early late mid and through before after".split())
_IN_MONTH = frozenset("in since until till last early late mid".split())
_BEFORE_YEAR = frozenset(
    "in of since until by from between during before after to and around late early the mid back".split()
)
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)$")
_DECADE = re.compile(r"(\d{2,4})'?s$")
_HOLIDAYS = {
    ("new", "year", "eve"): (12, 31), ("new", "year", "day"): (1, 1), ("christmas", "eve"): (12, 24),
    ("christmas", "day"): (12, 25), ("boxing", "day"): (12, 26), ("valentine", "day"): (2, 14),
    ("halloween",): (10, 31),
}  # fmt: skip
_FESTIVE = frozenset(word for (first, *_) in _HOLIDAYS for word in (first, first + "s"))
_FIRST_YEAR, _MODERN, _LAST_YEAR = 1400, 1900, 2100
_LAST_DAY = 31
_YEAR_ONLY, _DATED = 0.75, 0.9
_SIDES = {"before": "before", "by": "before", "after": "after"}
_FAR, _OTHER_SIDE = 4, 0.7
_SAID_THEN, _HAPPENED_THEN, _SAID_YEAR = 0.8, 0.55, 0.45


def find_dates(tokens: Sequence[Token]) -> tuple[Date, ...]:
    """Return the dates of a text, in order."""
    found: list[Date] = []
    taken = -1
    for at, token in enumerate(tokens):
        if at <= taken:
            continue
        if holiday := _holiday(tokens, at):
            found.append(holiday)
            taken = holiday.last
        if at <= taken or (token.kind != "number" and token.lower not in _MONTHS):
            continue
        date = _month(tokens, at, taken) if token.kind == "word" else _iso(token, at) or _year_at(tokens, at)
        if date:
            found.append(date)
            taken = date.last
    return tuple(found)


def _holiday(tokens: Sequence[Token], at: int) -> Date | None:
    """Read a day that is known by a name: `New Year's Eve`."""
    if tokens[at].lower not in _FESTIVE:
        return None
    for words, (month, day) in _HOLIDAYS.items():
        run = tokens[at : at + len(words)]
        if len(run) == len(words) and all(
            token.lower in (word, word + "s") for token, word in zip(run, words, strict=True)
        ):
            return Date(at, at + len(words) - 1, 0, month, day)
    return None


def _iso(token: Token, at: int) -> Date | None:
    match = _ISO.match(token.surface)
    if match:
        return Date(at, at, int(match[1]), int(match[2]), int(match[3]))
    decade = _DECADE.match(token.surface)
    if decade and len(decade[1]) == 4:
        return Date(at, at, int(decade[1]), 0, 0, int(decade[1]) + 9)
    return None


def _number_at(tokens: Sequence[Token], at: int) -> int:
    """Return the whole number at a place (`6`, `#6`), or 0."""
    if not 0 <= at < len(tokens) or tokens[at].kind != "number":
        return 0
    text = tokens[at].surface.removeprefix("#")
    return int(text) if text.isdigit() and len(text) <= 4 else 0


def _day_at(tokens: Sequence[Token], at: int) -> int:
    number = _number_at(tokens, at)
    return number if number <= _LAST_DAY else 0


def _is(tokens: Sequence[Token], at: int, *words: str) -> bool:
    return 0 <= at < len(tokens) and tokens[at].lower in words


def _month(tokens: Sequence[Token], at: int, taken: int) -> Date | None:
    """Read a date around the month at `at`: `6 Feb 2024`, `February 6th, 2024`, `September 2023`, `in May`."""
    token = tokens[at]
    month = _MONTHS[token.lower]
    start, last, day, year = at, at, 0, 0
    before = at - 2 if _is(tokens, at - 1, "of") else at - 1
    if before > taken and _day_at(tokens, before):
        start, day = before, _day_at(tokens, before)
    elif _day_at(tokens, at + 1) and not _starts_amount(tokens, at + 1):
        last, day = at + 1, _day_at(tokens, at + 1)
    ahead = last + 2 if _is(tokens, last + 1, ",", "of") else last + 1
    if _year(tokens, ahead):
        last, year = ahead, _year(tokens, ahead)
    elif day and (short := _short_year(tokens, ahead)):
        last, year = ahead, short
    if not day and not year and token.lower in _ALSO_WORDS and not _stands_as_month(tokens, at):
        return None
    return Date(start, last, year, month, day)


def _starts_amount(tokens: Sequence[Token], at: int) -> bool:
    return _is(tokens, at + 1, "%", "percent", "million", "people")


def _stands_as_month(tokens: Sequence[Token], at: int) -> bool:
    """Whether `May` is a month here; in small letters only behind a word that is hardly used of anything else."""
    return at > 0 and tokens[at - 1].lower in (_BEFORE_MONTH if tokens[at].capital else _IN_MONTH)


def _year(tokens: Sequence[Token], at: int) -> int:
    number = _number_at(tokens, at)
    return number if _FIRST_YEAR <= number <= _LAST_YEAR and tokens[at].surface[0] != "#" else 0


def _short_year(tokens: Sequence[Token], at: int) -> int:
    """Return the year that two digits behind a day and month stand for (`march 12th 98`), or 0."""
    number = _number_at(tokens, at)
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    if not _LAST_DAY < number < 100 or tokens[at].surface[0] == "#" or (follows and follows.content):
        return 0
    return number + 1900


def _year_at(tokens: Sequence[Token], at: int) -> Date | None:
    """Read a bare year, unless a unit or a plural follows (`2000 people`)."""
    year = _year(tokens, at)
    if not year or _is(tokens, at - 1, "$", "usd", "eur", "gbp", "than", "least", "over"):
        return None
    if _is(tokens, at - 1, "-") and ((at + 1 < len(tokens) and tokens[at + 1].content) or _number_at(tokens, at - 2)):
        return None
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    if follows and (follows.lower in ("%", "percent", "+", "km", "miles") or (
        follows.lower == "-" and _number_at(tokens, at + 2)) or (
        follows.content and not _is(tokens, at - 1, *_BEFORE_YEAR) and follows.lower.endswith(("s", "people"))
    )):  # fmt: skip
        return None
    if follows and follows.content and year < _MODERN and not _is(tokens, at - 1, *_BEFORE_YEAR):
        return None
    return Date(at, at, year, 0, 0)


def places_of(dates: Sequence[Date]) -> frozenset[int]:
    """Return the places of all tokens that belong to dates."""
    return frozenset(place for date in dates for place in range(date.start, date.last + 1))


def date_conflicts(pair: Pair, said_on: str) -> list[Conflict]:
    """Return the first date of the question that fits no date on record."""
    said = _parse_iso(said_on)
    for asked in pair.question.dates:
        if said and _fits(asked, said):
            continue
        rivals = [known for known in pair.record.dates if _comparable(asked, known)]
        if fitting := next((known for known in rivals if _fits(asked, known)), None):
            if opposed := _before_for_after(pair, asked, fitting):
                return [opposed]
            continue
        if rivals:
            free = [known for known in rivals if not any(_fits(other, known) for other in pair.question.dates)]
            strength = _DATED if asked.month and rivals[0].month else _YEAR_ONLY
            known = (free or rivals)[0]
            return [_conflict(asked, known, strength if free else 0.6)]
        if said and not pair.record.dates and _comparable(asked, said):
            strength = _SAID_THEN if pair.question.speaker else _HAPPENED_THEN
            return [_conflict(asked, said, strength if asked.month else _SAID_YEAR)]
    return []


def _before_for_after(pair: Pair, asked: Date, known: Date) -> Conflict | None:
    """Find `after 2026` where the record has `by the end of 2026`."""
    here, there = _side_of(pair.question, asked), _side_of(pair.record, known)
    if not here or not there or here == there:
        return None
    on_record, written = (f"{side} {in_words(date)}" for side, date in ((there, known), (here, asked)))
    return Conflict("date", f"on record: {on_record}; you wrote {written}", _OTHER_SIDE)


def _side_of(statement: Statement, date: Date) -> str:
    """Return on which side of a date something is: before, after, or neither; `not until` is after."""
    near = [token.lower for token in statement.tokens[max(0, date.start - _FAR) : date.start]]
    for word in reversed(near):
        if word in _SIDES:
            return _SIDES[word]
        if word == "until" and any(denial.start < date.start for denial in statement.denials):
            return "after"
    return ""


def stranger_date(asked: Sequence[Date], known: Sequence[Date]) -> Date | None:
    """Return the first date that no known one has the year or the month of."""
    return next((date for date in asked if not any(_fits(date, other) for other in known)), None)


def _conflict(asked: Date, known: Date, strength: float) -> Conflict:
    return Conflict("date", f"on record: {in_words(known)}; you wrote {in_words(asked)}", strength)


def _parse_iso(text: str) -> Date | None:
    parts = text.split("-")
    if not all(part.isdecimal() and len(part) <= 4 for part in parts) or len(parts) > 3:
        return None
    year, month, day = (*map(int, parts), 0, 0)[:3]
    return Date(0, 0, year, month, day)


def _comparable(asked: Date, known: Date) -> bool:
    return bool((asked.year and known.year) or (asked.month and known.month))


def _fits(asked: Date, known: Date) -> bool:
    """Whether two dates agree in whatever both of them name."""
    if (
        asked.year
        and known.year
        and not (asked.year <= (known.year_to or known.year) and known.year <= (asked.year_to or asked.year))
    ):
        return False
    same_month = not (asked.month and known.month) or asked.month == known.month
    same_day = not (asked.day and known.day and asked.month and known.month) or asked.day == known.day
    return same_month and same_day and _comparable(asked, known)


def iso_in_words(text: str) -> str:
    """Write an ISO date, partial ones too, as `in_words` does; the empty string where it is none."""
    date = _parse_iso(text)
    return in_words(date) if date else ""


def in_words(date: Date) -> str:
    """Return `6 February 2024`, `September 2023`, `2019` or `the 1990s`."""
    if date.year_to:
        return f"the {date.year}s"
    month = _NAMES[date.month - 1].title() if 1 <= date.month <= len(_NAMES) else ""
    return " ".join(filter(None, (str(date.day or ""), month, str(date.year or ""))))
