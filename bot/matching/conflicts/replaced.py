"""A name in another's place: `South Korea` where the record has `North Korea`, `Turku` for `Tampere`."""

from itertools import pairwise

from rapidfuzz import fuzz

from bot.matching.conflicts.model import Conflict, Name, Pair, Statement
from bot.matching.conflicts.names import TITLES, is_capital, is_first_name, is_place, names_somebody, one_in_the_other
from bot.matching.conflicts.pairing import misspelt
from bot.matching.irregular import is_past
from bot.matching.words import background

_BOTH_SIDES, _ONE_SIDE, _SAME_KIND, _SMALL_BOTH, _SMALL_FIRST, _SMALL_ONE, _SPELT_ALIKE = (
    0.9,
    0.75,
    0.7,
    0.7,
    0.5,
    0.45,
    0.4,
)
_NEAR, _NEAR_NAMES, _NEAR_PLACES = 0.5, 0.6, 0.75
_SAME_PREPOSITION, _OTHER_FIRST_NAME = 0.6, 0.6
_RARE = 5e-6
_FEW = 4
_ALIKE = 70
_SHORT_FORMS = frozenset(
    frozenset(names.split())
    for names in "bob robert|bobby robert|bill william|billy william|dick richard|rick richard|ted edward"
    "|ted theodore|peggy margaret"
    "|jack john|tony anthony|beth elizabeth|liz elizabeth|betty elizabeth|chuck charles"
    "|hank henry|nancy ann|kate catherine"
    "|alex sasha|mike michael|sean shawn|drew andrew|gus august|al albert|ed ted".split("|")
)
_FAMILY = frozenset("son daughter wife husband brother sister father mother".split())
_COUNTRIES = "countries"


def name_conflicts(pair: Pair) -> list[Conflict]:
    """Return the strongest case of a name in the question that stands where the record has another."""
    missing = [name for name in pair.record.names if not named_in(name, pair.question, pair.found)]
    if pair.cover_question >= _NEAR_NAMES and (other_first := _other_first_name(pair)):
        return [other_first]
    if not missing or pair.cover_question < _NEAR * 0.7:
        return []
    spoken = _who_said_it(pair)
    others = [
        name
        for name in pair.question.names
        if not name.keys <= spoken and not named_in(name, pair.record, frozenset(pair.matched))
    ]
    best: Conflict | None = None
    alone = len(missing) == len(others) == 1
    for known in missing:
        for asked in others:
            best = _stronger(best, _name_for_name(pair, asked, known, alone))
        best = _stronger(best, _word_for_name(pair, known))
    return [best] if best else []


def _who_said_it(pair: Pair) -> frozenset[str]:
    """Return the keys of who is said to have said it, when that is who is on record: no part of what was said."""
    speaker = pair.question.speaker
    known = any(
        token.key in pair.beside and (names_somebody(token) or (token.kind == "word" and token.lower not in TITLES))
        for token in speaker
    )
    return frozenset(token.key for token in speaker) if known else frozenset()


def _other_first_name(pair: Pair) -> Conflict | None:
    """Find two names that end alike and begin otherwise: `Regent Hotel` for `Spire Hotel`."""
    known, asked = _only_in(pair.record, pair.question), _only_in(pair.question, pair.record)
    for name, words in known:
        for other, others in asked if len(words) > 1 else ():
            if _is_of_family(pair.record, others):
                continue
            if len(others) == len(words) and others[1:] == words[1:] and _no_short_form(others[0], words[0]):
                return _conflict(other.surface, name, _OTHER_FIRST_NAME)
        first = _before_last_name(pair.question, words[1]) if len(words) == 2 and is_first_name(words[0]) else ""
        if first and _no_short_form(first, words[0]) and not _is_of_family(pair.record, [first]):
            return _conflict(f"{first} {words[1]}", name, _OTHER_FIRST_NAME)
    return None


def _is_of_family(statement: Statement, words: list[str]) -> bool:
    """Whether somebody is named by the first name, and by whose child or spouse it is: `Don Hill's son, Eric`."""
    lower = [token.lower for token in statement.tokens]
    places = [at for at, word in enumerate(lower) if word == words[0]]
    return any(not _FAMILY.isdisjoint(lower[max(0, at - 2) : at]) for at in places)


def _before_last_name(statement: Statement, last_name: str) -> str:
    """Return what stands as a first name before this last name, be it a place's as well: `venus williams`."""
    for before, token in pairwise(statement.tokens):
        if token.lower == last_name and before.kind in ("word", "name") and not before.surface.endswith("'s"):
            named = is_first_name(before.lower) and not is_past(before.lower)  # `they freed kovac`
            return before.lower if named or is_place(before) else ""
    return ""


def _only_in(one: Statement, other: Statement) -> list[tuple[Name, list[str]]]:
    """Return the names of one text that do not stand in the other, and their words."""
    text = " ".join(token.lower for token in other.tokens)
    names = ((name, _name_words(name)) for name in one.names)
    return [(name, words) for name, words in names if " ".join(words) not in text]


def _name_words(name: Name) -> list[str]:
    words = [] if name.kind else name.surface.lower().removesuffix("'s").split()
    return [word for word in words if word not in TITLES]


def _no_short_form(first: str, second: str) -> bool:
    """Whether neither of two first names may be short for the other (`Bill`, `William`; `J`, `Joe`)."""
    return first[0] != second[0] and min(len(first), len(second)) > 2 and frozenset((first, second)) not in _SHORT_FORMS


def _stronger(first: Conflict | None, second: Conflict | None) -> Conflict | None:
    if first is None or (second and second.strength > first.strength):
        return second
    return first


def named_in(name: Name, other: Statement, matched: frozenset[str]) -> bool:
    """Whether the other text has a word of the name, its initials, or a word that is short for it."""
    if not name.keys.isdisjoint(matched) or not name.keys.isdisjoint(other.ranks):
        return True
    words = [word for word in name.surface.replace("-", " ").split() if word[0].isupper()]
    initials = "".join(word[0] for word in words).lower()
    if len(initials) > 1 and any(key.startswith(initials) and len(key) < len(initials) + 2 for key in other.ranks):
        return True
    if len(words) == 1 and 2 <= len(words[0]) <= 5 and words[0].isupper():
        letters = "".join(token.surface[0] for token in other.tokens if token.content and token.surface[0].isupper())
        return words[0] in letters
    joined = "".join(words).lower()
    first = words[0].lower() if words else ""
    names = {key for each in other.names if name.kind and each.kind for key in each.keys}
    return len(joined) > 3 and any(
        joined.startswith(key) or key.startswith(joined) or (len(first) > 2 and key.startswith(first))
        for key in other.ranks
        if len(key) > 3 and key not in names  # Niger is not short for Nigeria
    )


def _name_for_name(pair: Pair, asked: Name, known: Name, alone: bool) -> Conflict | None:
    if _has_digit(asked) != _has_digit(known) or one_in_the_other(asked, known):
        return None
    sides = _same_sides(pair, asked, known)
    same_kind = _kind(asked) == _kind(known) != ""
    if (_kind(asked) != _kind(known) and sides < 2) or _within(asked.surface, known.surface):
        return None
    if not asked.kind and fuzz.ratio(asked.surface.lower(), known.surface.lower()) >= _ALIKE:
        return _conflict(asked.surface, known, _SPELT_ALIKE)
    if not sides and asked.keys <= pair.beside and _is_aside(pair, asked):
        return None
    if sides:
        strength = _BOTH_SIDES if sides > 1 else _ONE_SIDE
        strength = _BOTH_SIDES if same_kind else strength
    elif same_kind and pair.cover_question >= _NEAR_NAMES:
        strength = _SAME_KIND if pair.cover_record >= _NEAR else 0.45
    elif alone and asked.after_place_word and known.after_place_word and pair.cover_question >= _NEAR_PLACES:
        strength = _SAME_PREPOSITION
    else:
        return None
    return _conflict(asked.surface, known, strength if pair.cover_question >= _NEAR else strength - 0.25)


def _kind(name: Name) -> str:
    """Return what a name names, a country's capital being a place."""
    return "places" if is_capital(name) else name.kind


def _is_aside(pair: Pair, name: Name) -> bool:
    """Whether a name belongs to who said it, or to what it is said of elsewhere on record (`Ukraine's harbours`)."""
    spoken = {token.key for token in pair.question.speaker}
    possessive = f"{name.surface}'s" in pair.question.text
    return name.keys <= spoken or possessive


def _within(first: str, second: str) -> bool:
    """Whether one of two names is the other one with a word more: `African`, `South African`."""
    words, others = set(first.lower().split()), set(second.lower().split())
    return words <= others or others <= words


def _has_digit(name: Name) -> bool:
    return any(char.isdigit() for char in name.surface)


def _ends(statement: Statement, name: Name) -> tuple[str, str]:
    """Return the keys of the content words just before and after a name."""
    ranks = [rank for rank, place in enumerate(statement.content) if name.start <= place <= name.last]
    if not ranks:
        return "", ""
    return statement.key_at(ranks[0] - 1), statement.key_at(ranks[-1] + 1)


def _same_sides(pair: Pair, asked: Name, known: Name) -> int:
    left, right = _ends(pair.question, asked)
    known_left, known_right = _ends(pair.record, known)
    same_left = bool(left) and pair.matched.get(left) == known_left
    same_right = bool(right) and pair.matched.get(right) == known_right
    both_end = (same_left and not right and not known_right) or (same_right and not left and not known_left)
    return 2 if both_end else same_left + same_right


def _word_for_name(pair: Pair, known: Name) -> Conflict | None:
    """Find the rare word, in small letters, that the question has in the place of a name."""
    left, right = _ends(pair.record, known)
    backwards = {found: key for key, found in pair.matched.items()}
    after = [rank + 1 for rank in pair.question.ranks.get(backwards.get(left, ""), ())]
    before = [rank - 1 for rank in pair.question.ranks.get(backwards.get(right, ""), ())]
    first = next((rank for rank in after if _is_other_name(pair, rank)), None)
    last = next((rank for rank in before if _is_other_name(pair, rank)), None)
    rank = first if first is not None else last
    if rank is None or pair.cover_question < _NEAR_NAMES:
        return None
    both = first is not None and last is not None and last - first in (0, 1)
    both = both or _fills_the_gap(pair, after, before)
    surface = pair.question.tokens[pair.question.content[rank]].surface
    if any(misspelt(surface.lower(), word) for word in known.surface.lower().split()):
        return None
    return _conflict(surface, known, _SMALL_BOTH if both else _SMALL_FIRST if rank == 0 else _SMALL_ONE)


def _fills_the_gap(pair: Pair, after: list[int], before: list[int]) -> bool:
    """Whether a few words stand between the neighbours of the name, none of them on record: `met xi jinping in`."""
    return any(
        0 < last - first < _FEW
        and all(pair.question.key_at(rank) not in pair.matched for rank in range(first, last + 1))
        for first in after
        for last in before
    )


def _is_other_name(pair: Pair, rank: int) -> bool:
    if not 0 <= rank < len(pair.question.content):
        return False
    token = pair.question.tokens[pair.question.content[rank]]
    plain = token.kind == "word" and token.key not in pair.matched and token.lower not in TITLES
    plain = plain and token.key not in pair.beside
    return plain and background().get(token.key, 0.0) < _RARE


def _conflict(surface: str, known: Name, strength: float) -> Conflict:
    kind = "place" if known.kind in (_COUNTRIES, "places") or known.after_place_word else "name"
    asked = surface if surface != surface.lower() else surface.title()
    return Conflict(kind, f"on record it is {known.surface}, not {asked}", strength)
