"""What only looks as if two things had changed places: another order of clauses, the passive, deeds of both sides."""

from bisect import bisect_left
from collections.abc import Collection, Sequence

from bot.matching.conflicts.model import Pair
from bot.matching.conflicts.roles import EITHER_WAY, GIVES, TAKES
from bot.matching.conflicts.shared import ARTICLES, UNSEEN, Row, Shared, Thing, between, is_thing, one_says_by
from bot.matching.conflicts.tokens import Token
from bot.matching.irregular import FORMS, is_past

_JOINTS = frozenset("and but or , ; while whereas after before as &".split())
_NOUNS = frozenset(
    "child man woman person foot tooth mouse wife life leaf knife half year euro dollar minute hour january february"
    " march april june july august september october november december".split()
)
_DEEDS = frozenset(forms[0] for forms in FORMS) - _NOUNS
_NO_DEEDS = frozenset(word for forms in FORMS if forms[0] in _NOUNS for word in forms) | {
    "red", "united", "during", "king", "morning", "evening", "building", "spring", "nothing", "something",
}  # fmt: skip
_BY_FAR = 4


def is_reordered(pair: Pair, both: Shared, one: Thing, other: Thing) -> bool:
    """Whether two things in another order are told by more than their places."""
    return (
        _of_both(both, one, other)
        or _by_the_other(pair, both, one, other)
        or _other_deeds(both, one, other)
        or _clauses_changed(both, one, other)
    )


def says_the_converse(pair: Pair) -> bool:
    """Whether one text has the reverse of the other's deed or quality: `bought`, `sold`; `cheaper`, `dearer`."""
    asked, known = pair.question.words, pair.record.words
    takes, gives = (asked & TAKES, known & TAKES), (asked & GIVES, known & GIVES)
    if (takes[0] and gives[1] and not takes[1]) or (takes[1] and gives[0] and not takes[0]):
        return True
    sides = pair.record.sides
    return any(sides[each].keys().isdisjoint(here) for each, here in pair.question.sides.items() if each in sides)


def _of_both(both: Shared, one: Thing, other: Thing) -> bool:
    """Whether the first does something that the second then does too: `Xi met Biden`, `fought with the rebels`."""
    asked, known = between(both, one, other)
    start = min(one.known, other.known)
    before = next((t for t in reversed(both.record.tokens[:start]) if t.lower not in ARTICLES), None)
    if before is not None and _is_deed(before):
        return False
    with_both = all(_last_word(tokens) == "with" for tokens in (asked, known))
    return with_both or any(token.key in EITHER_WAY for token in known)


def _last_word(tokens: Sequence[Token]) -> str:
    return next((token.lower for token in reversed(tokens) if token.lower not in UNSEEN), "")


def _by_the_other(pair: Pair, both: Shared, one: Thing, other: Thing) -> bool:
    """Whether only one text is in the passive: `Apple was sued by Epic`, `Epic sued Apple`."""
    if not one_says_by(pair):
        return False
    for doer, done_to in ((one, other), (other, one)):
        asked = _follows_by(both.question, doer.asked, doer.asked_last)
        known = _follows_by(both.record, doer.known, doer.known_last)
        if asked and not known and done_to.asked < doer.asked and doer.known < done_to.known:
            return True
        if known and not asked and done_to.known < doer.known and doer.asked < done_to.asked:
            return True
    return False


def _follows_by(row: Row, first: int, last: int) -> bool:
    """Whether a thing is the first one behind a `by`."""
    for at in range(max(0, first - _BY_FAR), first):
        if row.tokens[at].lower == "by":
            next_thing = next((place for place in range(at + 1, last + 1) if is_thing(row.tokens[place])), -1)
            if first <= next_thing <= last:
                return True
    return False


def _other_deeds(both: Shared, one: Thing, other: Thing) -> bool:
    """Whether each text has a deed between the two that the other lacks: which way it goes nothing tells."""
    asked, known = between(both, one, other)
    return _new_deed(asked, both.record.places) and _new_deed(known, both.question.places)


def _new_deed(tokens: Sequence[Token], there: Collection[str]) -> bool:
    return any(_is_deed(token) and token.key not in there for token in tokens)


def _is_deed(token: Token) -> bool:
    word = token.lower
    if token.kind != "word" or not token.content or token.capital or word in _NO_DEEDS:
        return False
    return is_past(word) or word.endswith("ing") or word in _DEEDS


def _clauses_changed(both: Shared, one: Thing, other: Thing) -> bool:
    """Whether two parts of the question, with all that is in them, changed places at a joint: `and`, a comma, `after`.

    Then more things follow the record's order than if only these two change back.
    """
    places = [thing.known for thing in both.things]
    first, second = sorted((both.things.index(one), both.things.index(other)))
    turned = [*places]
    turned[first], turned[second] = turned[second], turned[first]
    most = _longest_rise(turned)
    for cut in range(first + 1, second + 1):
        gap = both.question.tokens[both.things[cut - 1].asked_last + 1 : both.things[cut].asked]
        if any(token.lower in _JOINTS for token in gap):
            for start in range(first + 1):
                for end in range(second + 1, len(places) + 1):
                    parts = places[:start], places[cut:end], places[start:cut], places[end:]
                    if _longest_rise([place for part in parts for place in part]) > most:
                        return True
    return False


def _longest_rise(numbers: Sequence[int]) -> int:
    """Return how many numbers rise, at most, if others are left out."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)
