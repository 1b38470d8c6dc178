"""A word in another's place, all around it being the same: `drones` on record, `helicopters` in the question."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.kinship import synonyms

_LONGEST_RUN = 2
_ALIKE = 70
_NEAR = 0.6
_BETWEEN, _AT_END, _ALL_ELSE_EQUAL = 0.45, 0.4, 0.55
_REST = 3
_EDGE = "."
_NO_THING = frozenset("least most time times occasion occasions about approximately now ago also ever".split())
"""Words of bounds and of time: the numbers and dates look after them."""


def thing_conflicts(pair: Pair) -> list[Conflict]:
    """Return the first word that stands where the record has one of another meaning."""
    if pair.cover_question < _NEAR or pair.cover_record < _NEAR:
        return []
    known_gaps = {(left, right): run for left, run, right in _gaps(pair.record, pair.found)}
    asked_gaps = list(_gaps(pair.question, frozenset(pair.matched)))
    for left, run, right in asked_gaps:
        known = known_gaps.get((pair.matched.get(left, left), pair.matched.get(right, right)))
        if known and not _alike(pair, run, known):
            written = " ".join(pair.question.tokens[place].lower for place in run)
            on_record = " ".join(pair.record.tokens[place].lower for place in known)
            strength = _AT_END if _EDGE in (left, right) else _BETWEEN
            opens_with_name = _may_be_name(pair, run, known)
            if (left != _EDGE or opens_with_name) and _all_else_equal(pair, len(run), len(known)):
                strength = _ALL_ELSE_EQUAL
            return [Conflict("thing", f"on record it is {on_record}, not {written}", strength)]
    return []


def _all_else_equal(pair: Pair, asked: int, known: int) -> bool:
    """Whether these words are all in which the two texts differ, and as many on both sides."""
    differ = len(pair.question.ranks) - len(pair.matched), len(pair.record.ranks) - len(pair.found)
    return differ == (asked, known) and asked == known and len(pair.matched) >= _REST


def _gaps(statement: Statement, shared: frozenset[str]) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Yield each short run of words that the other text lacks, with the shared words beside it."""
    left, run = _EDGE, []
    denials = {denial.start for denial in statement.denials}
    for place in statement.content:
        key = statement.tokens[place].key
        if statement.tokens[place].lower in _NO_THING or place in denials:
            continue
        if key not in shared:
            run.append(place)
            continue
        if 0 < len(run) <= _LONGEST_RUN:
            yield left, tuple(run), key
        left, run = key, []
    if 0 < len(run) <= _LONGEST_RUN:
        yield left, tuple(run), _EDGE


def _may_be_name(pair: Pair, asked: tuple[int, ...], known: tuple[int, ...]) -> bool:
    """Whether the words on record have capitals, and one side is not in the table of synonyms."""
    if not all(pair.record.tokens[place].capital for place in known):
        return False
    return not (_is_known(pair.question, asked) and _is_known(pair.record, known))


def _is_known(statement: Statement, run: tuple[int, ...]) -> bool:
    """Whether the table of synonyms, which holds no names, knows each of these words."""
    return all(synonyms().of(statement.tokens[place].key) for place in run)


def _is_denied(statement: Statement, keys: frozenset[str]) -> bool:
    return any(not keys.isdisjoint(denial.targets) for denial in statement.denials)


def _alike(pair: Pair, asked: tuple[int, ...], known: tuple[int, ...]) -> bool:
    """Whether a word of the one run may say what a word of the other does, or other checks look after them."""
    written = frozenset(pair.question.tokens[place].key for place in asked)
    on_record = frozenset(pair.record.tokens[place].key for place in known)
    if _is_denied(pair.question, written) != _is_denied(pair.record, on_record):
        return True
    for place in asked:
        first = pair.question.tokens[place]
        near = synonyms().of(first.key)
        for other in known:
            second = pair.record.tokens[other]
            if second.key in near or first.key in synonyms().of(second.key):
                return True
            if fuzz.ratio(first.lower, second.lower) >= _ALIKE or first.kind == "name" or second.kind == "name":
                return True
    return False
