"""Names in a text: things that the table of other names knows, and runs of words with capitals."""

from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from bot.matching.conflicts.model import Name
from bot.matching.conflicts.tokens import Token, tokenise
from bot.matching.words import background, is_kim_jong_un, stem, table_lines

_CAPITALS_ONLY = {"WHO": "world_health_organization"}
"""Names that are common words in small letters."""
_US_SPEAKS = frozenset("says claims government military army navy troops president officials intelligence".split())
_RARE = 5e-6
"""Share of general English below which a first word with a capital counts as a name."""
_PLACE_OF = frozenset("city town village province state region island port district county".split())
_COMMON = 1e-6
_MOST_CAPITALS = 0.8
_CURRENCIES = frozenset(("EUR", "GBP", "INR", "JPY", "USD", "CHF"))
_MISSPELT, _POSSESSIVE = 5, 5
"""Letters beyond which a name may have lost an apostrophe."""
_BEFORE_PLACE = frozenset("in at near across from into outside inside towards around".split())
TITLES = frozenset(
    "president pres senator governor gov sen rep reps representative minister prime chancellor king queen"
    " prince princess pope mayor"
    " judge justice general colonel captain dr doctor prof professor mr mrs ms sir lord lady congressman congresswoman"
    " secretary ambassador director chief former actor actress singer rapper pastor bishop"
    " father sister officer sheriff"
    " inspector detective spokesman spokeswoman spokesperson coach ceo the of st".split()
)
"""Words that stand before a name and are no part of it."""
_CALENDAR = frozenset(
    "january february march april may june july august september october november december jan"
    " feb mar apr jun jul aug sep"
    " sept oct nov dec monday tuesday wednesday thursday friday saturday sunday christmas easter".split()
)
_ByFirst = dict[str, list[tuple[tuple[str, ...], str]]]
_FIRST_NAMES = frozenset("jan april may june august".split())


@cache
def _table() -> tuple[dict[str, tuple[tuple[tuple[str, ...], str], ...]], dict[str, str]]:
    """Return the reviewed table of other names: first word → its names and keys, longest first; and key → heading."""
    by_first: _ByFirst = {}
    headings: dict[str, str] = dict.fromkeys(_CAPITALS_ONLY.values(), "organisations")
    heading = ""
    for line in (files("bot.matching") / "tables" / "names.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            heading = line[2:].strip() if line.startswith("##") else heading
            continue
        _enter(
            [tuple(token.lower for token in tokenise(name)) for name in line.split("|")], heading, by_first, headings
        )
    for line in table_lines("places.txt"):
        names = line.split(" : ")[0].split(" | ")
        joined = [name.replace(" ", "") for name in names if " " in name]
        _enter([tuple(name.split()) for name in (*names, *joined)], "places", by_first, headings)
    return {first: tuple(sorted(ways, key=lambda way: -len(way[0]))) for first, ways in by_first.items()}, headings


def _enter(ways: list[tuple[str, ...]], heading: str, by_first: _ByFirst, headings: dict[str, str]) -> None:
    key = "_".join(ways[0])
    headings[key] = heading
    for way in filter(None, ways):
        by_first.setdefault(way[0], []).append((way, key))


@cache
def _lies_in() -> dict[str, frozenset[str]]:
    """Return for the key of each place the keys of what it lies in; a capital by its own name."""
    table = _table()[0]
    keys = {" ".join(way): key for ways in table.values() for way, key in ways}
    rows = [line.split(" : ") for line in table_lines("places.txt") if " : " in line]
    return {
        ways.split(" | ")[0]: frozenset(keys[each] for each in around.split(" | ") if each in keys)
        for ways, around in rows
    }


def one_in_the_other(first: Name, second: Name) -> bool:
    """Whether one of two names is a place in which the other lies: Toronto, Canada; but not Porto, Lisbon."""
    return _lies_within(first, second) or _lies_within(second, first)


def _lies_within(inner: Name, outer: Name) -> bool:
    return not is_capital(outer) and not outer.keys.isdisjoint(_lies_in().get(_plain(inner), frozenset()))


def is_capital(name: Name) -> bool:
    """Whether a name that counts as its country's is a city's."""
    return name.kind == "countries" and name.surface.lower() in _lies_in()


def _plain(name: Name) -> str:
    return " ".join(name.keys).replace("_", " ") if name.kind == "places" else name.surface.lower()


@cache
def _people() -> frozenset[str]:
    """Return first and last names that are no words besides."""
    return frozenset(table_lines("people.txt")) - _CALENDAR


@cache
def table_of_names() -> dict[str, str]:
    """Return every name of the reviewed table, in small letters, with its heading."""
    ways, headings = _table()
    return {" ".join(way): headings[key] for row in ways.values() for way, key in row}


def is_first_name(word: str) -> bool:
    """Whether a word in small letters is somebody's name and no word besides."""
    return word in _people()


def is_place(token: Token) -> bool:
    """Whether a token names a place that is no country, be it a capital."""
    return token.kind == "name" and (_table()[1].get(token.key, "") == "places" or token.lower in _lies_in())


def names_somebody(token: Token) -> bool:
    """Whether a token names a person whom the reviewed table knows."""
    return token.kind == "name" and _table()[1].get(token.key, "") == "people"


def is_land(token: Token) -> bool:
    """Whether a token names a country, a place or an organisation: such stand before things, `Lisbon flights`."""
    return token.kind == "name" and _table()[1].get(token.key, "") in ("countries", "places", "organisations")


def join_names(tokens: list[Token]) -> list[Token]:
    """Replace each run of tokens that the table of other names knows by one token with that thing's key."""
    table, _ = _table()
    tokens = [_mended(token) for token in tokens]
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        length, key = 1, ""
        first = token.lower if token.lower in table else _without_s(token.lower)
        if first in table and not _is_pronoun(tokens, at) and not _ends_kim_jong_un(tokens, at):
            length, key = _known_at(tokens, at, table[first])
        elif token.surface in _CAPITALS_ONLY:
            key = _CAPITALS_ONLY[token.surface]
        if key:
            run = tokens[at : at + length]
            surface = " ".join(each.surface for each in run).removesuffix("'s")
            joined.append(Token(surface, surface.lower(), key, "name", True, surface[0].isupper()))
        else:
            joined.append(token)
        at += length
    return joined


@lru_cache(maxsize=20_000)
def _mended(token: Token) -> Token:
    """Return the token with a misspelt word of the reviewed table put right: `koraen`; any word there is stays."""
    if token.kind != "word" or len(token.lower) < _MISSPELT or token.key in background() or token.lower in _people():
        return token
    near = [word for word in _name_words() if word[0] == token.lower[0] and OSA.distance(word, token.lower) == 1]
    return token._replace(lower=near[0], key=stem(near[0])) if len(near) == 1 else token


@cache
def _name_words() -> frozenset[str]:
    """Return the longer words of countries' and peoples' names."""
    ways = (way for row in _table()[0].values() for way, key in row if _table()[1][key] == "countries")
    return frozenset(word for way in ways for word in way if len(word) >= _MISSPELT)


def _without_s(word: str) -> str:
    """Return a name without the `s` of a possessive whose apostrophe is left out: `portugals`."""
    return word[:-1] if len(word) > _POSSESSIVE and word.endswith("s") else word


def _is_pronoun(tokens: list[Token], at: int) -> bool:
    """Whether this is `us` in small letters and not the country (`the us`, `us says`)."""
    if tokens[at].surface != "us":
        return False
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    return not (after in _US_SPEAKS or (at > 0 and tokens[at - 1].lower == "the"))


def _ends_kim_jong_un(tokens: list[Token], at: int) -> bool:
    return at > 1 and is_kim_jong_un(tokens[at - 2].lower, tokens[at].lower)


def _known_at(tokens: list[Token], at: int, ways: tuple[tuple[tuple[str, ...], str], ...]) -> tuple[int, str]:
    for way, key in ways:
        if len(way) == 1 or tuple(token.lower for token in tokens[at : at + len(way)]) == way:
            return len(way), key
    return 1, ""


def capitals_tell(tokens: list[Token]) -> bool:
    """Whether capitals mark names here: not in a headline, where most words have them, nor in small letters only."""
    plain = [token.capital for token in tokens[1:] if token.content and token.kind == "word"]
    return 0 < sum(plain) <= _MOST_CAPITALS * len(plain)


def find_names(tokens: list[Token]) -> tuple[Name, ...]:
    """Return the names in a text whose known names are joined."""
    headings = _table()[1]
    telling = capitals_tell(tokens) or (bool(tokens) and tokens[0].capital and not any(t.capital for t in tokens[1:]))
    names: list[Name] = []
    at = 0
    while at < len(tokens):
        last = at
        if not tokens[at].content:
            pass
        elif tokens[at].kind == "name":
            names.append(_name(tokens, at, at, headings.get(tokens[at].key, "")))
        elif telling and tokens[at].capital and _starts_name(tokens, at):
            while last + 1 < len(tokens) and _capital_word(tokens[last + 1]):
                last += 1
            at += last > at and _is_common_opening(tokens, at)
            names.append(_name(tokens, at, last, ""))
        elif _is_person(tokens[at]):
            while last + 1 < len(tokens) and _is_person(tokens[last + 1]):
                last += 1
            names.append(_name(tokens, at, last, ""))
        at = last + 1
    return tuple(name for name in names if name.keys)


def _capital_word(token: Token) -> bool:
    return (
        token.surface not in _CURRENCIES
        and token.capital
        and token.content
        and token.kind == "word"
        and token.lower not in _CALENDAR
    )


def _is_person(token: Token) -> bool:
    """Whether a word in small letters is somebody's name: `ana ruiz`."""
    return not token.capital and token.lower in _people()


def _starts_name(tokens: list[Token], at: int) -> bool:
    next_is = at + 1 < len(tokens) and _capital_word(tokens[at + 1])
    if not _capital_word(tokens[at]) and not (next_is and tokens[at].capital and tokens[at].lower in _FIRST_NAMES):
        return False
    if at > 0 and tokens[at - 1].lower not in (".", "?", "!", ":", '"'):
        return True
    return next_is or background().get(tokens[at].key, 0.0) < _RARE


def _is_common_opening(tokens: list[Token], at: int) -> bool:
    """Whether a common word has its capital only because the sentence begins with it: `Goalkeeper Ivo Marek`."""
    opens = at == 0 or tokens[at - 1].lower in (".", "?", "!")
    return opens and background().get(tokens[at].key, 0.0) >= _COMMON and tokens[at].lower not in _people()


def _name(tokens: list[Token], start: int, last: int, kind: str) -> Name:
    run = tokens[start : last + 1]
    keys = frozenset(token.key for token in run if token.lower not in TITLES)
    surface = " ".join(token.surface for token in run).removesuffix("'s")
    before = tokens[start - 1].lower if start else ""
    of_place = before == "of" and start > 1 and tokens[start - 2].lower in _PLACE_OF
    return Name(start, last, keys, surface, kind, of_place or before in _BEFORE_PLACE)
