"""Who did it, from whom, to whom: names by the place in which they stand, where the question puts one elsewhere.

`roles` finds two names that changed places around one deed. This looks after the rest: another doer, although the
record has that name in another place (`North Korea used …` beside `Russia used North Korea's …`), and things that go
the wrong way (`from Russia` beside `to Russia`), whatever the verb.
"""

from collections.abc import Collection
from typing import NamedTuple

from bot.matching.conflicts.comparisons import is_converse
from bot.matching.conflicts.model import Conflict, Name, Pair, Statement
from bot.matching.conflicts.roles import GIVES, TAKES, passive, same_deed
from bot.matching.irregular import is_past

_TO = frozenset("to into onto toward towards".split())
_WHERE = frozenset("in at near across inside outside around".split())
_FAR, _THING_FAR = 4, 2
_JOINS = frozenset(("and", "or", ",", "nor"))
_COMPARES = frozenset("more less most least better worse".split())
_ASKED = frozenset("did does do will would can could should".split())
"""Words behind which the doer stands in a question."""
_NO_AGENT = frozenset("way means virtue default law hand mistake accident chance design".split())
"""What stands behind `by` and does nothing: `by way of`."""
_NO_ADVERBS = frozenset("ally supply family assembly july italy monopoly anomaly reply fly rally bully tally".split())
_SURE, _LIKELY = 0.85, 0.7
_NEAR = 0.6


class _Ways(NamedTuple):
    """The keys of the names from which, and of those to which, something goes."""

    out_of: frozenset[str]
    into: frozenset[str]


def frame_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict when a name of the question stands where the record has another one."""
    if pair.cover_question < _NEAR:
        return []
    conflict = _other_way(pair) or _other_doer(pair) or _other_owner(pair) or _other_agent(pair)
    return [conflict] if conflict else []


def _other_way(pair: Pair) -> Conflict | None:
    asked, known = _ways(pair.question), _ways(pair.record)
    for here, there, instead, other in (
        (asked.out_of, known.into, known.out_of, "to"),
        (asked.into, known.out_of, known.into, "from"),
    ):
        wrong = here & there - instead - (asked.into & asked.out_of)
        if wrong:
            name = _written(pair.record, min(wrong))
            return Conflict("direction", f"on record it goes {other} {name}, not the other way", _SURE)
    return None


def _ways(statement: Statement) -> _Ways:
    out_of: set[str] = set()
    into: set[str] = set()
    for name in statement.names:
        before = statement.tokens[_before(statement, name.start)].lower if name.start else ""
        if _is_possessive(statement, name) or _modifies(statement, name):
            continue
        if before == "from":
            out_of |= name.keys
        elif before in _TO and not _follows_to_verb(statement, name):
            into |= name.keys
        else:
            _by_deed(statement, name, out_of, into)
    return _Ways(frozenset(out_of), frozenset(into))


def _by_deed(statement: Statement, name: Name, out_of: set[str], into: set[str]) -> None:
    """Add a name beside a deed of giving or taking: its doer, or whom it is given (`provided Russia with`)."""
    deed = deed_after(statement, name.last)
    place = name.start and statement.tokens[_before(statement, name.start)].lower in _WHERE
    if deed is not None and not place and not passive(statement, deed):
        key = statement.tokens[deed].key
        if key in GIVES:
            out_of |= name.keys
        elif key in TAKES:
            into |= name.keys
    before = statement.tokens[name.start - 1] if name.start else None
    if before and before.key in GIVES and before.content:
        into |= name.keys


def _before(statement: Statement, start: int) -> int:
    """Return the place of the word before a name, articles skipped."""
    at = start - 1
    while at > 0 and statement.tokens[at].lower in ("the", "a", "an"):
        at -= 1
    return at


def _is_possessive(statement: Statement, name: Name) -> bool:
    return statement.text.find(f"{name.surface}'s") >= 0 or statement.text.find(f"{name.surface}’s") >= 0


def _modifies(statement: Statement, name: Name) -> bool:
    """Whether a name says of what kind the next thing is: `Russian targets`, `to Ukraine talks`."""
    after = statement.tokens[name.last + 1] if name.last + 1 < len(statement.tokens) else None
    return bool(after and after.content and after.kind == "word" and _ends_like_adjective(name.surface))


def _ends_like_adjective(surface: str) -> bool:
    return surface.lower().endswith(("an", "ish", "ese", "ch", "i", "ic"))


def _follows_to_verb(statement: Statement, name: Name) -> bool:
    """Whether `to` belongs to a word that sends nothing: `according to`, `close to`, `threat to`."""
    at = _before(statement, name.start) - 1
    return at >= 0 and statement.tokens[at].lower in _TO_OTHERWISE


_TO_OTHERWISE = frozenset(
    "according close next compared thanks due similar relative threat threatened damage harm response reaction"
    " blow belongs belong loyal opposed access lost loses".split()
)


def deed_after(statement: Statement, at: int) -> int | None:
    """Return the place of the word just after a name that may be its deed, helpers and adverbs skipped."""
    for place in range(at + 1, min(at + 1 + _FAR, len(statement.tokens))):
        token = statement.tokens[place]
        if token.kind != "word" or token.lower in _NO_SUBJECT:
            return None
        if token.content and not token.lower.endswith("ly") and token.lower not in _ADVERBS:
            return place
    return None


_NO_SUBJECT = frozenset(
    "to in on at of for with from by against into over after before and or that which who whose as than but".split()
)
_ADVERBS = frozenset("also recently now already just once again still even only soon probably secretly".split())


def _doers(statement: Statement, deed: int) -> tuple[Name, ...]:
    """Return the names that did the deed, joined ones together; nothing when another word stands between."""
    if passive(statement, deed):
        after = next((n for n in statement.names if n.start > deed and _by(statement, n.start, deed)), None)
        return (after,) if after else ()
    doers = tuple(name for name in statement.names if name.last < deed and deed_after(statement, name.last) == deed)
    if doers and _before(statement, doers[0].start) >= 0 and _hangs(statement, doers[0]):
        return ()
    return doers + tuple(n for n in statement.names if doers and _joined(statement, n, doers[0]))


def _by(statement: Statement, start: int, deed: int) -> bool:
    at = _before(statement, start)
    return statement.tokens[at].lower == "by" and at - deed < _FAR


def _hangs(statement: Statement, name: Name) -> bool:
    """Whether a name hangs on the word before it (`the head of North Korea used`)."""
    return name.start > 0 and statement.tokens[_before(statement, name.start)].lower in _NO_SUBJECT - {
        "and", "or", "that", "who", "which", "as", "but", "after", "before",
    }  # fmt: skip


def _joined(statement: Statement, name: Name, last: Name) -> bool:
    between = statement.tokens[name.last + 1 : last.start]
    return 0 < len(between) <= 2 and all(token.lower in _JOINS | {"the"} for token in between)


def _other_doer(pair: Pair) -> Conflict | None:
    """Find a deed that every deed like it on record has other doers of."""
    for asked_at in pair.question.content:
        doers = _doers(pair.question, asked_at)
        same = [
            at
            for at in (pair.record.content if doers else ())
            if same_deed(pair, asked_at, at) and not _reversed(pair, asked_at, at)
        ]
        found = [_compare(pair, doers, _doers(pair.record, at)) for at in same]
        if found and found[0] and all(found):
            return found[0]
    return None


def _other_owner(pair: Pair) -> Conflict | None:
    """Find `US missiles` where all missiles on record are North Korean."""
    on_record = _owners(pair.record)
    for thing, asked in _owners(pair.question).items():
        known = on_record.get(pair.matched.get(thing, ""), {})
        if known and not asked.keys() & known.keys():
            first, second = next(iter(known.values())), next(iter(asked.values()))
            return Conflict("name", f"on record it is {first}, not {second}", _LIKELY)
    return None


def _owners(statement: Statement) -> dict[str, dict[str, str]]:
    """Return for each thing the countries that it is said to be of: its key → the country's key → as written."""
    found: dict[str, dict[str, str]] = {}
    for name in statement.names:
        if name.kind == "countries" and not (name.start and statement.tokens[name.start - 1].lower == "-"):
            far = 1 if _is_asked_about(statement, name) else _THING_FAR
            for token in statement.tokens[name.last + 1 : name.last + 1 + far]:
                if _is_adverb(token.lower):
                    continue
                if token.kind != "word" or not token.content or is_past(token.lower) or token.lower in _COMPARES:
                    break
                found.setdefault(token.key, {})[min(name.keys)] = name.surface
    return found


def _is_asked_about(statement: Statement, name: Name) -> bool:
    """Tell whether a name stands as a doer in a question: of `did Moscow use missiles` no missiles are Moscow's."""
    before = statement.tokens[_before(statement, name.start)].lower if name.start else ""
    return before in _ASKED and not _ends_like_adjective(name.surface)


def _is_adverb(word: str) -> bool:
    """Tell whether a word behind a country says how or when it did something: `Russia recently supplied`."""
    return word in _ADVERBS or (word.endswith("ly") and word not in _NO_ADVERBS)


def _reversed(pair: Pair, asked_at: int, known_at: int) -> bool:
    """Whether one deed is the other one seen from the other side: `imported`, `exported`."""
    return (pair.question.tokens[asked_at].key in TAKES) != (pair.record.tokens[known_at].key in TAKES)


def _compare(pair: Pair, asked: Collection[Name], known: Collection[Name]) -> Conflict | None:
    """Compare the doers of one deed; one of them must stand elsewhere in the other text, as what else they may be."""
    if not asked or not known or {name.kind for name in asked} != {name.kind for name in known} or is_converse(pair):
        return None
    written = frozenset(pair.matched.get(key, key) for name in asked for key in name.keys)
    on_record = frozenset(key for name in known for key in name.keys)
    if written & on_record or not (written & pair.record.ranks.keys() or on_record & pair.found):
        return None
    first, second = next(iter(known)).surface, next(iter(asked)).surface
    return Conflict("direction", f"on record {first} did it, not {second}", _LIKELY)


def _written(statement: Statement, key: str) -> str:
    return next((name.surface for name in statement.names if key in name.keys), key)


def _other_agent(pair: Pair) -> Conflict | None:
    """Find `opened by the minister` where the record has another before `opened`, whom the question leaves out."""
    for rank, asked_at in enumerate(pair.question.content[:-1]):
        agent = pair.question.content[rank + 1]
        key = pair.matched.get(pair.question.tokens[asked_at].key, "")
        if not key or pair.question.tokens[agent].key in pair.matched or not _by(pair.question, agent, asked_at):
            continue
        if pair.question.tokens[agent].surface in _NO_AGENT:
            continue
        for known_rank in pair.record.ranks[key]:
            doer = pair.record.key_at(known_rank - 1)
            if doer and doer not in pair.found and not passive(pair.record, pair.record.content[known_rank]):
                on_record = pair.record.tokens[pair.record.content[known_rank - 1]].surface
                if is_past(on_record.lower()):
                    continue
                written = pair.question.tokens[agent].surface
                return Conflict("name", f"on record it was done by {on_record}, not by {written}", _LIKELY)
    return None
