"""Opposed words (`rose` and `fell`) in the same role, from the reviewed table tables/antonyms.txt."""

from collections.abc import Container, Sequence
from functools import cache
from importlib.resources import files

from bot.matching.conflicts.comparisons import compared_in_turn
from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.conflicts.polarity import denied
from bot.matching.conflicts.roles import GIVES, TAKES, turned_round
from bot.matching.conflicts.sequence import is_same_sequence
from bot.matching.conflicts.tokens import Token
from bot.matching.conflicts.units import is_time
from bot.matching.words import base_stem

_REST = 3
"""So many words of a record must be shared, and fewer than that be missing, for the rest of it to be asked for."""
_BOTH_NEIGHBOURS, _ONE_NEIGHBOUR, _NO_NEIGHBOUR = 0.9, 0.75, 0.4
_ALL_ELSE_ON_RECORD = 0.6
_OTHER_OF_A_LIST = 0.5
"""Strength of two words of one list, wherever they stand: a cow is no horse."""
_NEAR, _NEAR_ENOUGH = 0.6, 0.42
_NUMBER_NEAR = 5
_REMAINS = frozenset("stay stays stayed remain remains remained keep keeps kept become becomes became".split())
"""Words that only join what is so to what it is of: `stays open`, `is open`."""


def _key(word: str) -> str:
    return "_".join(base_stem(part) for part in word.split("_"))


@cache
def oppositions() -> dict[str, tuple[tuple[int, int], ...]]:
    """Return the table: key of a word → the lines it stands on, and its side there (0 or 1)."""
    table: dict[str, dict[int, int]] = {}
    for number, line in enumerate(_lines()):
        if not line or line.startswith("#"):
            continue
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                table.setdefault(_key(word), {})[number] = side
    return {key: tuple(where.items()) for key, where in table.items()}


@cache
def _listed() -> frozenset[int]:
    """Return the lines of the table that list deeds and things: animals, diseases, trades."""
    heading, found = "", set()
    for number, line in enumerate(_lines()):
        heading = line if line.startswith("## ") else heading
        if heading in ("## deeds", "## things") and "|" in line:
            found.add(number)
    return frozenset(found)


def _lines() -> list[str]:
    return (files("bot.matching") / "tables" / "antonyms.txt").read_text("utf-8").splitlines()


def on_one_side(first: str, second: str) -> bool:
    """Whether two keys stand on one side of a line, where words say much the same: `fired`, `used`."""
    return not set(oppositions().get(first, ())).isdisjoint(oppositions().get(second, ()))


def find_sides(tokens: Sequence[Token]) -> dict[int, dict[int, int]]:
    """Return each opposition of which a word stands in the text → its side → where."""
    table = oppositions()
    found: dict[int, dict[int, int]] = {}
    for at, token in enumerate(tokens):
        if token.kind != "word" or _is_time_of_number(tokens, at):
            continue
        hyphen = at + 2 < len(tokens) and tokens[at + 1].lower == "-"
        after = tokens[at + 1 + hyphen] if at + 1 < len(tokens) else None
        joined = f"{token.key}_{after.key}" if after and after.kind == "word" else ""
        if joined in table:
            for line, side in table[joined]:
                found.setdefault(line, {}).setdefault(side, at + 1 + hyphen)
        elif token.key in table and not _is_bound(tokens, at):
            for line, side in table[token.key]:
                found.setdefault(line, {}).setdefault(side, at)
    return found


def _is_bound(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word belongs to a number: `more than 5`, `at least`, `before 1990`."""
    if tokens[at].lower == "least" or (tokens[at].lower == "most" and at and tokens[at - 1].lower == "at"):
        return True
    ahead = tokens[at + 1 : at + 4]
    if tokens[at].lower in ("more", "less", "fewer", "lower", "higher", "larger", "smaller") and ahead:
        in_a_year = len(ahead) > 1 and ahead[1].lower == "in"  # `higher than in 2019`
        return (
            ahead[0].lower == "than"
            and not in_a_year
            and any(token.kind == "number" or token.lower == "$" for token in ahead)
        )
    return tokens[at].lower in ("above", "below", "before", "after") and bool(ahead) and ahead[0].kind == "number"


def _is_time_of_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is the unit of a number, which is compared with its number: `24 months`, `two years`."""
    return at > 0 and tokens[at - 1].kind == "number" and is_time(tokens[at].lower)


def antonym_conflicts(pair: Pair) -> list[Conflict]:
    """Return the strongest opposition between a word of the question and one of the record."""
    best: Conflict | None = None
    for line in pair.question.sides.keys() & pair.record.sides.keys():
        asked_sides = _unmatched(pair.question, line, pair.matched)
        known_sides = _unmatched(pair.record, line, pair.found)
        if len(asked_sides) != 1 or len(known_sides) != 1 or asked_sides.keys() == known_sides.keys():
            continue
        asked, known = next(iter(asked_sides.values())), next(iter(known_sides.values()))
        conflict = _conflict(pair, asked, known, listed=line in _listed())
        if conflict and (best is None or conflict.strength > best.strength):
            best = conflict
    return [best] if best else []


def _unmatched(statement: Statement, line: int, shared: Container[str]) -> dict[int, int]:
    """Return the sides of an opposition in a text, without words that the other text has as well."""
    tokens = statement.tokens

    def is_shared(at: int) -> bool:
        first = _first_of_two(statement, at)
        return tokens[at].key in shared and (first is None or first.key in shared)

    return {side: at for side, at in statement.sides[line].items() if not tokens[at].content or not is_shared(at)}


def _first_of_two(statement: Statement, at: int) -> Token | None:
    """Return the first of two words that make an opposed one (`lay off`, `left-wing`); None where it is one word."""
    before = [token for token in statement.tokens[max(0, at - 2) : at] if token.lower != "-"][-1:]
    two = bool(before) and f"{before[0].key}_{statement.tokens[at].key}" in oppositions()
    return before[0] if two else None


def _conflict(pair: Pair, asked: int, known: int, *, listed: bool) -> Conflict | None:
    asked_word, known_word = pair.question.tokens[asked], pair.record.tokens[known]
    if denied(pair.question, frozenset((asked_word.key,))) != denied(pair.record, frozenset((known_word.key,))):
        return None
    if {asked_word.lower, known_word.lower} == {"before", "after"} and is_same_sequence(pair):
        return None
    if pair.cover_question < _NEAR_ENOUGH or turned_round(pair, asked, known) or compared_in_turn(pair):
        return None
    shared = _shared_neighbours(pair, asked, known)
    if shared and not asked_word.content and not _same_right(pair, asked, known):
        return None
    strength = (_NO_NEIGHBOUR, _ONE_NEIGHBOUR, _BOTH_NEIGHBOURS)[shared]
    if listed and not shared:
        strength = _OTHER_OF_A_LIST
    if {asked_word.key, known_word.key} <= GIVES | TAKES and not _same_doer(pair, asked, known):
        return None
    spoken = {token.key for token in pair.question.speaker}
    if not shared and asked_word.content and len(pair.question.ranks.keys() - pair.matched.keys() - spoken) == 1:
        strength = _ALL_ELSE_ON_RECORD
    if not shared and known_word.content and len(pair.found) >= _REST > len(pair.record.ranks) - len(pair.found):
        strength = _ALL_ELSE_ON_RECORD
    if pair.cover_question < _NEAR:
        strength -= 0.2
    difference = f"on record: {_written(pair.record, known)}; you wrote {_written(pair.question, asked)}"
    return Conflict("antonym", difference, strength, frozenset((asked_word.key,)))


def _same_doer(pair: Pair, asked: int, known: int) -> bool:
    """Whether the same stands before both: what one gives another receives."""
    left = neighbours(pair.question, asked)[0]
    return bool(left) and pair.matched.get(left) == neighbours(pair.record, known)[0]


def _same_right(pair: Pair, asked: int, known: int) -> bool:
    """Whether the same comes after both: `before the summit`, `after the summit`."""
    if (
        asked + 1 < len(pair.question.tokens)
        and pair.question.tokens[asked + 1 : asked + 3] == pair.record.tokens[known + 1 : known + 3]
    ):
        return True
    right = neighbours(pair.question, asked)[1]
    return bool(right) and pair.matched.get(right) == neighbours(pair.record, known)[1]


def _written(statement: Statement, at: int) -> str:
    """Return the opposed word as written, with the one before where two make it (`lay off`)."""
    word, first = statement.tokens[at], _first_of_two(statement, at)
    return f"{first.lower} {word.lower}" if first else word.lower


def _shared_neighbours(pair: Pair, asked: int, known: int) -> int:
    left, right = neighbours(pair.question, asked)
    known_left, known_right = neighbours(pair.record, known)
    same_left = bool(left) and pair.matched.get(left) == known_left
    same_right = bool(right) and pair.matched.get(right) == known_right
    return same_left + (same_right or _same_number(pair, asked, known))


def _same_number(pair: Pair, asked: int, known: int) -> bool:
    """Whether both words go to the same number: `rose to 10.6 %`, `fell to 10.6 %`."""
    here, there = (_number_behind(s, at) for s, at in ((pair.question, asked), (pair.record, known)))
    return bool(here) and here == there


def _number_behind(statement: Statement, at: int) -> str:
    behind = statement.tokens[at + 1 : at + 1 + _NUMBER_NEAR]
    for token in behind:
        if token.kind == "number":
            return token.surface
        if token.content and token.lower not in ("least", "most"):
            break
    return ""


def neighbours(statement: Statement, at: int) -> tuple[str, str]:
    """Return the keys of the nearest content words before and after a token."""
    tokens = statement.tokens
    start = at - (at > 0 and f"{tokens[at - 1].key}_{tokens[at].key}" in oppositions())
    before = (token for token in reversed(tokens[max(0, start - 6) : start]) if token.content)
    left = next((token.key for token in before if token.lower not in _REMAINS), "")
    right = next((token.key for token in tokens[at + 1 : at + 7] if token.content), "")
    return left, right
