"""Why it happened, by whom, and what was there beside it: another cause than on record, or something put in."""

from collections.abc import Sequence

from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.conflicts.standing_in import may_stand_for
from bot.matching.conflicts.tokens import Token
from bot.matching.irregular import is_past

_NEAR = 0.5
_OTHER_CAUSE, _PUT_IN = 0.6, 0.5
_OPENERS = (("because", "of"), ("caused", "by"), ("blamed", "on"), ("triggered", "by"), ("sparked", "by"))
_DOER = 5
"""Words behind `by` among which whoever did it is named."""
_LONGEST = 4
"""Words of a cause that are compared."""
_OWN = frozenset("a an his her their its".split())
"""Words before a thing that is put in: `and the …` may begin another sentence."""
_ENDS = frozenset(
    "in on at for by with from during after before when while that which who and but as since until so was were is are"
    " has had have then right".split()
)


def cause_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict when both texts name a cause, and not the same one."""
    asked, known = _cause(pair.question), _cause(pair.record)
    if not asked or not known or pair.cover_question < _NEAR:
        return []
    here = [pair.matched.get(pair.question.tokens[at].key, "") for at in asked]
    there = [pair.record.tokens[at].key for at in known]
    if len(here) > 1 and len(there) > 1 and here[-1] == there[-1]:  # a strike of pilots, a strike of cabin crews
        asked, known, here, there = asked[:-1], known[:-1], here[:-1], there[:-1]
    if not set(here).isdisjoint(there) or may_stand_for(pair, asked, known):
        return []
    behind = {token.key for token in pair.record.tokens[known[-1] : known[-1] + _DOER]} if known else set()
    if not behind.isdisjoint(here):
        return []  # `caused by grass sprayed with weedkiller`: by the weedkiller, in short
    written, on_record = pair.question.written(asked), pair.record.written(known)
    return [Conflict("thing", f"on record it is because of {on_record}, not {written}", _OTHER_CAUSE)]


def _cause(statement: Statement) -> tuple[int, ...]:
    """Return where the words of a cause stand: `because of a design error`."""
    tokens = statement.tokens
    for at in range(len(tokens) - 2):
        if (tokens[at].lower, tokens[at + 1].lower) in _OPENERS:
            return tuple(_thing(tokens, at + 2))[:_LONGEST]
    return ()


def _thing(tokens: Sequence[Token], start: int) -> list[int]:
    """Return where the words that say something stand from `start` on, to the end of the phrase."""
    found = []
    for at in range(start, len(tokens)):
        if (tokens[at].kind == "sign" and tokens[at].lower != "-") or tokens[at].lower in _ENDS:
            break
        if tokens[at].content:
            found.append(at)
    return found


def put_in_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict when the question puts something beside what is on record: `a hiker and her baby`."""
    tokens = pair.question.tokens
    if pair.cover_question < _NEAR:
        return []
    for at in range(1, len(tokens) - 2):
        before, thing = tokens[at - 1], tokens[at + 2]
        if tokens[at].lower != "and" or tokens[at + 1].lower not in _OWN or not thing.content:
            continue
        left = pair.matched.get(before.key)
        if left and not _has_like(pair, at + 2) and not _goes_on(pair.record, left):
            return [Conflict("thing", f"you wrote {thing.lower} too, which is not on record with this claim", _PUT_IN)]
    return []


def doer_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict when the question says by whom it was done, and the record by nobody: `saved by his dog`."""
    tokens = pair.question.tokens
    if pair.cover_question < _NEAR or any(token.lower == "by" for token in pair.record.tokens):
        return []
    for at in range(1, len(tokens) - 1):
        behind = range(at + 1, min(at + _DOER, len(tokens)))
        thing = next((place for place in behind if tokens[place].content and tokens[place].lower != "own"), 0)
        if tokens[at].lower != "by" or not thing or not is_past(tokens[at - 1].lower):
            continue
        owned = tokens[at + 1].lower in _OWN | {"the"} and tokens[thing].kind == "word"
        if owned and _has_like(pair, at - 1) and not _has_like(pair, thing):
            written = tokens[thing].lower
            return [Conflict("thing", f"you wrote by {written}, which is not on record with this claim", _PUT_IN)]
    return []


def _has_like(pair: Pair, at: int) -> bool:
    """Whether the record, or what is beside it, has this word or one that may say the same."""
    key = pair.question.tokens[at].key
    return key in pair.matched or key in pair.beside or may_stand_for(pair, (at,), pair.record.content)


def _goes_on(record: Statement, key: str) -> bool:
    """Whether the record too puts something beside this word."""
    places = (record.content[rank] for rank in record.ranks.get(key, ()))
    return any(at + 1 < len(record.tokens) and record.tokens[at + 1].lower in ("and", ",") for at in places)
