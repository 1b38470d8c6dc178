"""Numbers of something in a text: value, bounds (`at least`), unit or things counted."""

import math
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.matching.conflicts.model import Quantity
from bot.matching.conflicts.number_words import written
from bot.matching.conflicts.scores import other_half
from bot.matching.conflicts.tokens import Token
from bot.matching.conflicts.units import Unit, is_time, unit_of
from bot.matching.words import stem

_LOW = "at least|no less than|no fewer than|not less than|not fewer than|minimum of|a minimum of|from|starting at"
_OVER = (
    "more than|over|above|greater than|upwards of|exceeding|exceeded|in excess of|north of|higher than|beyond|exceeds"
    "|older than|longer than|larger than|bigger than|heavier than|faster than|taller than"
)
_HIGH = "at most|no more than|not more than|up to|maximum of|a maximum of|as many as|as much as|not over"
_UNDER = (
    "less than|fewer than|under|below|lower than|short of|younger than|shorter than|smaller than|lighter than"
    "|slower than"
)
_EXACT = "exactly|precisely|only"
_ABOUT = "about|around|approximately|approx|roughly|nearly|almost|some|circa|close to|~|an estimated|estimated"
_BOUNDS: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): bound
    for bound, phrases in (
        ("low", _LOW),
        ("over", _OVER),
        ("high", _HIGH),
        ("under", _UNDER),
        ("about", _ABOUT),
        ("exact", _EXACT),
    )
    for phrase in phrases.split("|")
}
_VERBS_WITH = {
    ("over",): frozenset(
        "hand hands handed handing turn turned turning take takes took taken taking give gave given sign signed bring"
        " brought".split()
    ),
    ("up", "to"): frozenset("count counts counted counting add adds added get gets got go goes went".split()),
}
"""Verbs to which a word belongs that is a bound elsewhere: `handed over 348 planes`, `count up to four`."""
_LAST_OF_BOUND = frozenset(phrase[-1] for phrase in _BOUNDS)
_LONGEST_BOUND = 4
_AFTER = {("at", "least"): "low", ("or", "more"): "low", ("or", "less"): "high", ("or", "fewer"): "high",
          ("at", "most"): "high", ("and", "more"): "low", ("at", "maximum"): "high", ("or", "so"): "about",
          ("no", "more"): "exact", ("and", "only"): "exact"}  # fmt: skip
_SAID = {
    "low": "at least ",
    "over": "more than ",
    "high": "at most ",
    "under": "fewer than ",
    "about": "about ",
    "exact": "exactly ",
    "": "",
}
_RATE_FAR = 8
_PER = frozenset("a an per every each".split())
_ABOUT_SPREAD = 0.1

_VAGUE = {"dozens": (24, 99), "hundreds": (200, 999), "thousands": (2e3, 999e3), "millions": (2e6, 999e6),
          "billions": (2e9, 999e9), "dozen": (24, 99), "hundred": (200, 999), "thousand": (2e3, 999e3),
          "million": (2e6, 999e6), "billion": (2e9, 999e9)}  # fmt: skip
_BEFORE_VAGUE = frozenset(("several", "few", "multiple", "many"))
_TENS = {"tens": 10, "dozens": 12, "hundreds": 100}

_ENDS_THINGS = frozenset(
    "in on at against over to from by for with during after before since until into across within per than and or that"
    " who which as when while because if was were is are be has have had did will would can could".split()
)
_NOT_ONE = frozenset("no this that the any every another some each which only than last next other there".split())
_THINGS = 2
_LONGEST = 15
_MOST = 16
"""Quantities that are read in one text, at most."""


def find_quantities(tokens: Sequence[Token], dated: frozenset[int]) -> tuple[Quantity, ...]:
    """Return the quantities of a text; `dated` are the places that belong to dates."""
    return tuple(islice(_read(tokens, dated), _MOST))


def _read(tokens: Sequence[Token], dated: frozenset[int]) -> Iterator[Quantity]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        found = None
        if token.kind == "number" and at not in dated:
            found = _number(tokens, at)
            at += 2 if found is None and _lower(tokens, at + 1) == "/" else 0
        elif token.lower in _VAGUE:
            found = _vague(tokens, at)
        elif token.lower == "one":
            found = _one(tokens, at)
        if found:
            yield found
            at = found.last
        at += 1


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _number(tokens: Sequence[Token], at: int) -> Quantity | None:
    text = tokens[at].surface
    if text[0] == "#":
        return _make(tokens, at, at, float(text[1:]), None, "order", "order")
    if len(text) > _LONGEST or not text.replace(".", "", 1).isdigit():
        return None
    value = float(text)
    if other := other_half(tokens, at):
        return _make(tokens, at, other, value * 1000 + float(tokens[other].surface), None, "score", "score")
    if _lower(tokens, at + 1) in ("-", "/") and at + 2 < len(tokens) and tokens[at + 2].kind == "number":
        return _pair(tokens, at, value)
    if _lower(tokens, at + 1) in ("to", "and") and _is_range(tokens, at):
        return _make(tokens, at, at + 2, value, float(tokens[at + 2].surface))
    return _make(tokens, at, at, value)


def _is_range(tokens: Sequence[Token], at: int) -> bool:
    """Whether `5 to 10` or `between 5 and 10` stands here, and not `from 5 to 10` (a change)."""
    ahead = tokens[at + 2] if at + 2 < len(tokens) else None
    if ahead is None or ahead.kind != "number" or not ahead.surface.replace(".", "", 1).isdigit():
        return False
    before = _lower(tokens, at - 1)
    joined = before == "between" if _lower(tokens, at + 1) == "and" else before not in ("from", "to")
    return joined and len(ahead.surface) <= _LONGEST and float(ahead.surface) > float(tokens[at].surface)


def _pair(tokens: Sequence[Token], at: int, value: float) -> Quantity | None:
    """Read `5-10 people` as a range, `3-1` as a score, leave `24/7` and `9/11` alone."""
    other = tokens[at + 2].surface
    if tokens[at + 1].lower == "/" or not other.replace(".", "", 1).isdigit() or len(other) > _LONGEST:
        return None
    follows = tokens[at + 3] if at + 3 < len(tokens) else None
    if follows and float(other) > value and (follows.content or unit_of(follows.lower)):
        return _make(tokens, at, at + 2, value, float(other))
    return _make(tokens, at, at + 2, value * 1000 + float(other), None, "score", "score")


def _vague(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Read `dozens`, `several dozen`, `tens of thousands`."""
    low, high = _VAGUE[tokens[at].lower]
    start = at
    if _lower(tokens, at - 1) == "of" and _lower(tokens, at - 2) in _TENS:
        times = _TENS[_lower(tokens, at - 2)]
        low, high, start = low / 2 * 2 * times, low / 2 * 10 * times - 1, at - 2
    elif tokens[at].lower.endswith("s"):
        if _lower(tokens, at + 1) == "of" and _lower(tokens, at + 2) in _VAGUE:
            return None
    elif _lower(tokens, at - 1) in _BEFORE_VAGUE:
        start = at - 1
    else:
        return None
    said = " ".join(token.surface for token in tokens[start : at + 1])
    things, near = _things(tokens, at + 1), _near(tokens, start)
    return Quantity(start, at, low, low, high, "", "count", things, near, said, vague=True)


def _one(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Read `one` as a number where a noun follows."""
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    bounded = _lower(tokens, at - 1) in ("least", "only", "exactly", "just")
    if follows is None or not (follows.content or unit_of(follows.lower)):
        return None
    if not bounded and _lower(tokens, at - 1) in _NOT_ONE:
        return None
    return _make(tokens, at, at, 1)


def _make(
    tokens: Sequence[Token],
    start: int,
    last: int,
    value: float,
    to: float | None = None,
    unit: str = "",
    kind: str = "count",
) -> Quantity:
    bound, first = _bound_before(tokens, start)
    measure, last = (None, last) if unit else _measure(tokens, start, last)
    after = last + 1
    if _lower(tokens, after) == "+":
        bound, last, after = "low", after, after + 1
    if measure:
        unit, kind = measure.base, measure.kind
    things = frozenset() if measure and measure.kind not in ("times", "time", "share") else _things(tokens, after)
    bound = _bound_after(tokens, after) or bound
    factor = measure.factor if measure else 1.0
    low, high = _limits(value * factor, (to if to is not None else value) * factor, bound)
    said = _SAID[bound] + written(value) + (f" to {written(to)}" if to is not None else "")
    said = f"number {written(value)}" if unit == "order" else said
    said = f"{value // 1000:g}-{value % 1000:g}" if unit == "score" else said
    if measure:
        said = _with_unit(said, tokens, last, measure)
    rate = _rate(tokens, last + 1)
    if rate:
        said += f" a {rate}"
        things -= {stem(rate)}
    exact, strict = bound == "exact", bound in ("over", "under", "high")
    return Quantity(
        first, last, value * factor, low, high, unit, kind, things, _near(tokens, first), said,
        exact=exact, strict=strict, rate=rate,
    )  # fmt: skip


def _rate(tokens: Sequence[Token], at: int) -> str:
    """Return the time that follows a number as a rate: `day` in `3 (missiles) a day`, `3 … to Oslo every day`."""
    for place in range(at, min(at + _RATE_FAR, len(tokens) - 1)):
        if tokens[place].lower in ("every", "each", "per"):
            return _time(tokens[place + 1])
    for place in range(at, min(at + _THINGS + 1, len(tokens) - 1)):
        if tokens[place].lower in _PER:
            return _time(tokens[place + 1])
        if not tokens[place].content:
            break
    return ""


def _time(token: Token) -> str:
    return token.lower if is_time(token.lower) else ""


def _with_unit(said: str, tokens: Sequence[Token], last: int, measure: Unit) -> str:
    if measure.kind == "share":
        return said + " %"
    if measure.kind in ("money", "times") or tokens[last].kind == "number":
        return f"{said} {measure.base}"
    return f"{said} {tokens[last].lower}"


def _measure(tokens: Sequence[Token], start: int, last: int) -> tuple[Unit | None, int]:
    """Return the unit before (`$ 5`) or after (`5 km`) a number, and the last token that belongs to it."""
    before, after = _lower(tokens, start - 1), _lower(tokens, last + 1)
    if before in ("$", "usd", "eur", "gbp", "inr", "jpy", "rs", "chf"):
        unit = unit_of(before) if before != "gbp" else unit_of("pounds")
        return unit, last + 1 if unit_of(after) and unit_of(after) == unit else last
    if after == "per" and _lower(tokens, last + 2) == "cent":
        return unit_of("percent"), last + 2
    skip = 1 if after in ("-", "us", "+") else 0
    unit = unit_of(_lower(tokens, last + 1 + skip))
    return unit, last + 1 + skip if unit else last


def _bound_before(tokens: Sequence[Token], start: int) -> tuple[str, int]:
    """Return the bound that stands before a number and where it starts."""
    at = start
    if _lower(tokens, at - 1) in ("$", "usd", "eur", "gbp", "a", "the", "inr"):
        at -= 1
    if _lower(tokens, at - 1) in _LAST_OF_BOUND:
        for length in range(_LONGEST_BOUND, 0, -1):
            phrase = tuple(token.lower for token in tokens[max(0, at - length) : at])
            of_verb = _lower(tokens, at - length - 1) in _VERBS_WITH.get(phrase, ())
            if phrase in _BOUNDS and len(phrase) == length and not of_verb:
                return ("" if phrase == ("from",) else _BOUNDS[phrase]), at - length
    return "", at


def _bound_after(tokens: Sequence[Token], at: int) -> str:
    """Return the bound that follows a number within three words (`six times at most`, `9 or more`)."""
    for place in range(at, min(at + 3, len(tokens) - 1)):
        bound = _AFTER.get((tokens[place].lower, tokens[place + 1].lower))
        if bound:
            numbered = place + 2 < len(tokens) and tokens[place + 2].kind == "number"
            return "" if numbered else bound
        if tokens[place].kind != "word" or tokens[place].lower in _ENDS_THINGS:
            break
    return ""


def _limits(low: float, high: float, bound: str) -> tuple[float, float]:
    if bound in ("low", "over"):
        return low, math.inf
    if bound in ("high", "under"):
        return -math.inf, high
    spread = _ABOUT_SPREAD if bound == "about" else 0.0
    return low * (1 - spread), high * (1 + spread)


def _things(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """Return the keys of the next one or two words: what is counted."""
    found: list[str] = []
    for token in tokens[at : at + 6]:
        if token.lower in _ENDS_THINGS or (token.kind in ("sign", "number") and token.lower != "-"):
            break
        if token.content:
            found.append(token.key)
        if len(found) == _THINGS:
            break
    return frozenset(found)


def _near(tokens: Sequence[Token], at: int) -> frozenset[str]:
    return frozenset(token.key for token in tokens[max(0, at - 4) : at] if token.content)
