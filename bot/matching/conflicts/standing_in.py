"""Whether words may stand in the place of others without saying something else."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.matching.conflicts.alike import say_the_same, stand_for
from bot.matching.conflicts.antonyms import on_one_side, oppositions
from bot.matching.conflicts.comparisons import compared_in_turn
from bot.matching.conflicts.model import Pair, Statement
from bot.matching.conflicts.names import TITLES
from bot.matching.conflicts.pairing import jumbled
from bot.matching.kinship import synonyms
from bot.matching.meaning import learned_meanings
from bot.matching.words import stem

_ALIKE = 70
_SAME_FIELD = 0.3
_SHORT, _PAIR = 4, 2
SHOWN_IN = frozenset(
    stem(word)
    for word in "photo photograph pic image picture video footage clip screenshot show depict capture document".split()
)
"""Where something is seen: that it is seen there, and in what, is often said otherwise."""


def may_stand_for(pair: Pair, asked: tuple[int, ...], known: tuple[int, ...]) -> bool:
    """Whether a word of the one run may say what a word of the other does, or other checks look after them."""
    written = frozenset(pair.question.tokens[place].key for place in asked)
    on_record = frozenset(pair.record.tokens[place].key for place in known)
    if _is_denied(pair.question, written) != _is_denied(pair.record, on_record):
        return True
    if _names_are_replaced(pair, asked, known):
        return True
    if written <= pair.beside or written <= SHOWN_IN or on_record <= SHOWN_IN:
        return True
    return _have_alike(pair, asked, known)


def _names_are_replaced(pair: Pair, asked: tuple[int, ...], known: tuple[int, ...]) -> bool:
    """Whether names or titles stand there, which other checks look after."""
    both = ((pair.question, asked), (pair.record, known))
    if any(_only_titles(s, run) or all(s.tokens[at].kind == "name" for at in run) for s, run in both):
        return True
    return len(asked) + len(known) > _PAIR and all(_names_one(s, run) for s, run in both)


def _have_alike(pair: Pair, asked: tuple[int, ...], known: tuple[int, ...]) -> bool:
    """Whether a word of the one run is one of the other, shortened, misspelt, or in words that mean the same."""
    for place in asked:
        first = pair.question.tokens[place]
        near = synonyms().of(first.key)
        for other in known:
            second = pair.record.tokens[other]
            if second.key in near or first.key in synonyms().of(second.key) or _may_mean(first.key, second.key):
                return True
            if on_one_side(first.key, second.key) or (opposed(first.key, second.key) and compared_in_turn(pair)):
                return True
            if _begins(first.lower, second.lower) or jumbled(first.key, second.key):
                return True
            numbered = first.lower[-1].isdigit() and second.lower[-1].isdigit()  # a KN-24 is no KN-23
            alike = fuzz.ratio(first.lower, second.lower) >= _ALIKE and first.lower[0] == second.lower[0]
            if alike and not numbered:
                return True
    return False


def _names_one(statement: Statement, run: tuple[int, ...]) -> bool:
    """Whether somebody or some place is named among these words."""
    return any(name.start <= at <= name.last for name in statement.names for at in run)


def _only_titles(statement: Statement, run: tuple[int, ...]) -> bool:
    return all(statement.tokens[place].lower in TITLES for place in run)


def _is_denied(statement: Statement, keys: frozenset[str]) -> bool:
    return any(not keys.isdisjoint(denial.targets) for denial in statement.denials)


def near_in_meaning(pair: Pair, asked: Iterable[int], known: Iterable[int]) -> bool:
    """Whether a word of the question is of the same field as one of the record."""
    here, there = (
        {s.tokens[at].key: 1.0 for at in places} for s, places in ((pair.question, asked), (pair.record, known))
    )
    return max(learned_meanings().compared(here, there).asked) >= _SAME_FIELD


def opposed(first: str, second: str) -> bool:
    """Whether two words stand on one line of the table of opposed words, as `more` and `less` do."""
    lines = {line for line, _ in oppositions().get(first, ())}
    return any(line in lines for line, _ in oppositions().get(second, ()))


def _begins(first: str, second: str) -> bool:
    """Whether one of two words is the other one cut short: `tech`, `technology`."""
    return min(len(first), len(second)) >= _SHORT and (first.startswith(second) or second.startswith(first))


def _may_mean(first: str, second: str) -> bool:
    return stand_for(first, second) or say_the_same(first, second)
