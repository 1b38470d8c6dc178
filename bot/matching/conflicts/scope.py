"""How much of something: all, most, some, none, only, first, last; and whether two texts differ in it."""

import re
from collections.abc import Sequence

from bot.matching.conflicts.model import Conflict, Pair, Quantity, Scope
from bot.matching.conflicts.names import is_land
from bot.matching.conflicts.tokens import Token

_WORDS = {
    word: which
    for which, words in (
        ("all", "all every each everyone everybody always entire entirely completely wholly whole both"),
        ("all", "unanimous unanimously"),
        ("most", "most mostly majority"),
        ("some", "some several sometimes occasionally often"),
        ("few", "few"),
        ("many", "many lots plenty numerous"),
        ("none", "none nobody never"),
        ("only", "only sole solely exclusively"),
        ("first", "first"),
        ("last", "last final"),
    )
    for word in words.split()
}
_SKIP = frozenset("single one last of the her his its their our your my these those a private public".split())
_CLASHES: dict[frozenset[str], float] = {
    frozenset(pair.split()): strength
    for pair, strength in (
        ("all some", 0.8), ("all most", 0.7), ("all none", 0.9), ("most none", 0.8), ("some none", 0.8),
        ("most some", 0.55), ("most many", 0.55), ("most few", 0.8), ("all few", 0.8), ("all many", 0.8),
        ("many few", 0.7), ("many none", 0.8), ("few none", 0.55), ("only many", 0.5),
        ("only not-only", 0.8),
        ("only first", 0.8), ("only all", 0.8), ("first last", 0.85), ("only some", 0.5), ("only last", 0.7),
    )
}  # fmt: skip
_HARDLY_MORE = frozenset("each both completely wholly".split())
"""Words for all that add little where the record has none."""
_ADDED = {"all": 0.5, "only": 0.45, "none": 0.4, "first": 0.35, "most": 0.3}
_FAR, _WHOLE, _OF_ALL, _WEAK = 6, 100, 0.7, 0.4
_NEAR = 0.6
_NOT_ALL = frozenset("but except save from apart other others rest".split())
_NOTHING_ELSE = re.compile(r"\bnothing (?:else|but|more)\b", re.IGNORECASE)
_NOT_YEAR = frozenset("year week month night day time summer winter century decade summer spring".split())


def find_scopes(tokens: Sequence[Token]) -> tuple[Scope, ...]:
    """Return the words of a text that say how much, each with the key of the noun it is about."""
    found = []
    for at, token in enumerate(tokens):
        which = _WORDS.get(token.lower) if token.kind == "word" else None
        if which == "few" and at and tokens[at - 1].lower in ("a", "quite"):
            which = "some"
        if token.lower == "but" and at and tokens[at - 1].lower == "nothing":
            which = "only"
        if not which or (token.lower in ("most", "least") and at and tokens[at - 1].lower == "at"):
            continue
        thing = (which == "only" and _alone(tokens, at + 1)) or _thing(tokens, at + 1)
        if which == "only" and at and tokens[at - 1].lower == "not":
            found.append(Scope(at, "not-only", thing, "not only"))
            continue
        if (
            thing
            and not (which in ("last", "first", "all") and thing in _NOT_YEAR)
            and not _in_other_phrase(tokens, at)
        ):
            found.append(Scope(at, which, thing, token.lower))
    return tuple(found)


def _in_other_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is no quantifier here: `not only`, `first lady`, `at all`, `each other`, `of every ten`."""
    before = tokens[at - 1].lower if at else ""
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if tokens[at].lower in ("each", "every") and (tokens[at + 1 : at + 2] and tokens[at + 1].kind == "number"):
        return True  # `forty of every hundred`
    if (tokens[at].lower, after) == ("each", "other"):
        return True
    if before == "in" and after in ("probability", "likelihood"):
        return True
    if before == "very" and tokens[at].lower in ("first", "last"):
        return False
    return before in ("not", "at", "how", "too", "very", "for", "telling", "tells", "told", "tell") or after in (
        "lady",
        "amendment",
        "name",
        "dozen",
        "hundred",
        "over",
        "this",
        "right",
        "time",
    )


def _alone(tokens: Sequence[Token], at: int) -> str:
    """Return the key of a country that stands there by itself: `only Russia must`, not `only Russian troops`."""
    if at + 1 < len(tokens) and is_land(tokens[at]) and not tokens[at + 1].content:
        return tokens[at].key
    return ""


def _thing(tokens: Sequence[Token], at: int) -> str:
    for token in tokens[at : at + _FAR]:
        if token.kind == "sign":
            return ""
        if token.content and token.lower not in _SKIP and not is_land(token):
            return token.key
    return next((token.key for token in tokens[at : at + _FAR] if is_land(token)), "")


def scope_conflicts(pair: Pair) -> list[Conflict]:
    """Return the strongest difference in scope on a noun that both texts have."""
    found = [conflict for scope in pair.question.scopes if (conflict := _conflict(pair, scope))]
    for asked in pair.question.quantities:
        found += filter(None, (_no_longer_first(pair, asked), _part_of_all(pair, asked)))
    return sorted(found, key=lambda conflict: -conflict.strength)[:1]


def _is_near(pair: Pair) -> bool:
    """Whether most of the question, but for what says how much, is on record."""
    how_much = {pair.question.tokens[scope.start].key for scope in pair.question.scopes} | {"one"}
    said_by = {token.key for token in pair.question.speaker}
    rest = pair.question.ranks.keys() - (how_much | said_by - pair.matched.keys())
    return len(pair.matched) >= _NEAR * len(rest) or pair.cover_question >= _NEAR


def _is_part(known: Quantity, thing: str) -> bool:
    """Whether a number on record says how many of something there were, so that it was not all of them."""
    return (known.kind == "share" and 0 < known.high < _WHOLE) or (known.kind == "count" and thing in known.things)


def _is_all(known: Quantity, pair: Pair) -> bool:
    """Whether a number on record is said to be all of them, and nothing of others: `all 14 crew`."""
    tokens = pair.record.tokens
    alone = not any(token.lower in _NOT_ALL for token in tokens[known.last + 1 :])
    counts = sum(each.kind == "count" for each in pair.record.quantities)
    return known.start > 0 and tokens[known.start - 1].lower in ("all", "both") and alone and counts == 1


def _only_one_of(pair: Pair, thing: str) -> bool:
    """Whether the record has one of the ones that the question has all of: `at least one of the pilots`."""
    tokens = pair.record.tokens
    places = (at for at in range(len(tokens) - 3) if tokens[at].lower == "one" and tokens[at + 1].lower == "of")
    return any(tokens[at + 3].key == thing for at in places)


def _no_longer_first(pair: Pair, asked: Quantity) -> Conflict | None:
    """Find `her third title` where the record has her first one."""
    things = {pair.matched[key] for key in asked.things & pair.matched.keys()}
    first = next((known for known in pair.record.scopes if known.which == "first" and known.thing in things), None)
    if first is None or asked.kind != "order" or asked.value <= 1 or not _is_near(pair):
        return None
    if any(known.kind == "order" and known.value == asked.value for known in pair.record.quantities):
        return None
    return Conflict("scope", f"on record: first; you wrote {asked.text}", _OF_ALL)


def _part_of_all(pair: Pair, asked: Quantity) -> Conflict | None:
    """Find `half the airport` where the record has the whole of it."""
    things = {pair.matched[key] for key in asked.things & pair.matched.keys()}
    known = next((each for each in pair.record.scopes if each.which == "all" and each.thing in things), None)
    if known is None or asked.kind != "share" or asked.value >= _WHOLE or pair.record.quantities or not _is_near(pair):
        return None
    return Conflict("scope", f"on record: {known.text}; you wrote {asked.text}", _OF_ALL)


def _is_later(known: Quantity, thing: str) -> bool:
    """Whether a number on record says that something was the second, the third, … of its kind."""
    return known.kind == "order" and known.value > 1 and thing in known.things


def _conflict(pair: Pair, asked: Scope) -> Conflict | None:
    thing = pair.matched.get(asked.thing, "")
    part = next((each for each in pair.record.quantities if _is_part(each, thing) and not _is_all(each, pair)), None)
    counted = part and any(part.kind == "count" or each.kind == part.kind for each in pair.question.quantities)
    if asked.which in ("all", "none") and part and _is_near(pair) and not counted:
        return Conflict("scope", f"on record: {part.text}; you wrote {asked.text}", _OF_ALL)
    if not thing or not _is_near(pair):
        return None
    if asked.which == "all" and _only_one_of(pair, thing):
        return Conflict("scope", f"on record: one of them; you wrote {asked.text}", _OF_ALL)
    later = next((each for each in pair.record.quantities if _is_later(each, thing)), None)
    named = later and any(each.kind == "order" and each.value == later.value for each in pair.question.quantities)
    if asked.which == "first" and later and not named:
        return Conflict("scope", f"on record: {later.text}; you wrote first", _OF_ALL)
    on_same = [known for known in pair.record.scopes if known.thing == thing]
    if any(known.which == asked.which for known in on_same):
        return None
    for known in on_same:
        strength = _CLASHES.get(frozenset((asked.which, known.which)))
        if strength:
            return Conflict("scope", f"on record: {known.text}; you wrote {asked.text}", strength)
    elsewhere = any(known.which == asked.which == "all" for known in pair.record.scopes)
    if not on_same and not elsewhere and asked.which in _ADDED:
        strength = _ADDED[asked.which] if asked.text not in _HARDLY_MORE else _WEAK
        if asked.which == "only" and (_NOTHING_ELSE.search(pair.question.text) or _has_company(pair, thing)):
            strength = _OF_ALL
        return Conflict("scope", f"you wrote “{asked.text}”, which is not on record", strength)
    return None


def _has_company(pair: Pair, thing: str) -> bool:
    """Whether the record names another country beside this one: `Russia and the DPRK`."""
    tokens = pair.record.tokens
    places = [at for at, token in enumerate(tokens) if token.key == thing and is_land(token)]
    around = (tokens[max(0, at - 3) : at] + tokens[at + 1 : at + 4] for at in places)
    return any("and" in {token.lower for token in near} and any(map(is_land, near)) for near in around)
