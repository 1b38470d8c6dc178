"""Who did what to whom: the same two in each other's place around the same deed."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.irregular import is_irregular, is_past
from bot.matching.words import stem

_GROUPS = tuple(
    frozenset(stem(word) for word in words.split())
    for words in (
        "give provide supply send ship deliver hand transfer export sell donate lend grant return",
        "attack fire launch strike hit bomb shell bombard invade",
        "beat defeat win",
        "kill murder shoot",
        "sue accuse charge",
    )
)
"""Deeds of one direction, each word of a group standing for the other ones."""
_GROUP_OF = {key: number for number, keys in enumerate(_GROUPS) for key in keys}
TAKES = frozenset(stem(word) for word in "receive get obtain import buy acquire purchase borrow accept".split())
"""Deeds whose doer is the one to whom something goes."""
GIVES = _GROUPS[0]
"""Deeds by which something goes from the doer to another."""
EITHER_WAY = frozenset(
    stem(word)
    for word in "replace meet marry wed date divorce talk play merge collide agree border join fight"
    " ally discuss debate share tie"
    " compare resemble equal relate include contain mean".split()
)
_MEANS_TO = frozenset(
    stem(word)
    for word in "agree plan want decide try attempt offer threaten promise pledge vow expect begin start continue"
    " refuse fail hope seek aim intend prepare set poise ready allow".split()
)
"""Words behind which the deed comes that somebody means to do: `agreed to buy`."""
_BE = frozenset("is are was were be been being get got gets".split())
_PREPOSITIONS = frozenset(
    "in at on of for with during after before by from to against into over under near via as than about".split()
)
_PLACES = frozenset(("in", "at", "near"))
_ASIDE = frozenset("in of with during after before near via as than over under about for by".split())
"""Prepositions after which stands no one to whom the deed is done."""
_STOPS = frozenset(", ; . ? ! : that if because while who which when".split())
_BY_FAR = 6
_ATTACK_FAR = 3
_SUFFERED = frozenset(
    "killed injured wounded destroyed damaged hit used fired launched sunk wrecked levelled captured hurt".split()
)
_ATTACKS = frozenset(map(stem, "attack strike raid assault bombing shelling bombardment offensive ambush".split()))
_MARGINS = frozenset("more less fewer far about nearly almost over under at".split())
"""Words behind `by` that tell how much, not who: `lost by more than ten points`."""
_JOINED = frozenset(("and", "or"))
"""Words behind which a deed is of the same doer: `sued and fined by`."""
_SUBJECT_FAR, _OBJECT_FAR = 7, 14
_MOST_WORDS = 60
_NAMES, _WORDS = 0.85, 0.7
_NEAR = 0.6


class _Actor(NamedTuple):
    """One name that both texts have: its keys in the question and in the record."""

    asked: frozenset[str]
    known: frozenset[str]


def role_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict when the doer on record is the one to whom the question says it was done."""
    if pair.cover_question < _NEAR:
        return []
    conflict = _swapped_names(pair) or _swapped_words(pair)
    return [conflict] if conflict else []


def same_deed(pair: Pair, asked_at: int, known_at: int) -> bool:
    """Whether two words say the same deed, or its reverse (`sold` and `bought`)."""
    asked, known = pair.question.tokens[asked_at].key, pair.record.tokens[known_at].key
    if known in EITHER_WAY:
        return False
    if pair.matched.get(asked) == known or (asked in TAKES and known in TAKES):
        return True
    groups = _GROUP_OF.get(asked, -1), _GROUP_OF.get(known, -1)
    return (groups[0] == groups[1] >= 0) or (asked in TAKES and groups[1] == 0) or (known in TAKES and groups[0] == 0)


def _actors(pair: Pair) -> list[_Actor]:
    """Return the names on record that both texts have."""
    backwards = {found: key for key, found in pair.matched.items()}
    shared = [name.keys & pair.found for name in pair.record.names]
    unique = {keys for keys in shared if keys}
    return [_Actor(frozenset(backwards[key] for key in keys), keys) for keys in unique]


def _swapped_names(pair: Pair) -> Conflict | None:
    actors = _actors(pair)
    if len(actors) < 2:
        return None
    asked_deeds = _deeds(pair.question, frozenset(key for actor in actors for key in actor.asked))
    known_deeds = _deeds(pair.record, frozenset(key for actor in actors for key in actor.known))
    for asked_at, asked_beside in asked_deeds:
        for known_at, known_beside in known_deeds:
            if not (asked_beside or known_beside) or not same_deed(pair, asked_at, known_at):
                continue
            swapped = _swap(pair, actors, asked_at, known_at)
            if swapped:
                return swapped
    return None


def _deeds(statement: Statement, actors: frozenset[str]) -> list[tuple[int, bool]]:
    """Return the places of the words that may say what was done, and whether an actor stands just before them."""
    found = []
    before = previous = ""
    for place in statement.content[:_MOST_WORDS]:
        token = statement.tokens[place]
        if token.lower.endswith("ly"):
            continue
        if token.kind == "word" and token.key not in actors:
            meant = statement.tokens[place - 1].lower == "to" and previous in _MEANS_TO and before in actors
            beside = previous in actors or meant or bool(_by_at(statement, place))
            if beside or token.lower.endswith(("ed", "ing")) or is_irregular(token.lower):
                found.append((place, beside))
        before, previous = previous, token.key
    return found


def _by_at(statement: Statement, place: int) -> int:
    """Return where `by` follows a deed (`was sued by`), or 0."""
    tokens = statement.tokens
    if _has_object(statement, place) and not _has_be_before(statement, place):
        return 0  # `bought a painting by Banksy`
    past = is_past(tokens[place].lower)
    for at in range(place + 1, min(place + _BY_FAR, len(tokens))):
        if tokens[at].kind == "sign" and tokens[at].lower != "-":
            return 0
        if tokens[at].lower == "by":
            margin = at + 1 < len(tokens) and (tokens[at + 1].lower in _MARGINS or tokens[at + 1].kind == "number")
            return at if _may_be_participle(tokens[place].lower) and not margin else 0
        before = tokens[at - 1]
        if (
            past
            and is_past(tokens[at].lower)
            and (before.content or before.lower in _BE)
            and before.lower not in _JOINED
        ):
            return 0  # `drones that Russia launched were shot down by Ukraine`
    return 0


def _has_object(statement: Statement, deed: int) -> bool:
    """Whether a thing stands just behind a deed: `bought a painting`."""
    behind = statement.tokens[deed + 1 : deed + 3]
    thing = next(
        (token for token in behind if token.lower not in ("a", "an", "the", "its", "his", "her", "their")), None
    )
    return thing is not None and thing.kind == "word" and thing.content and not _is_no_thing(thing.lower)


def _is_no_thing(word: str) -> bool:
    return word.endswith("ly") or word in _PREPOSITIONS or is_past(word)


def _parts(statement: Statement, deed: int, actors: Sequence[frozenset[str]]) -> tuple[int, set[int]]:
    """Return which actor (-1 for none) did the deed, and to which it was done."""
    before = _nearest_before(statement, deed, actors)
    by = _by_at(statement, deed)
    if by:
        doer = next((number for number, word in _after(statement, by, actors) if word not in _PLACES), -1)
        given = {number for number, word in _after(statement, deed, actors) if word in ("to", "against", "into")}
        return doer, (given | {before}) - {-1, doer}
    if passive(statement, deed):
        return -1, {before} - {-1}
    return before, {number for number, word in _after(statement, deed, actors) if word not in _ASIDE} - {before}


def passive(statement: Statement, deed: int) -> bool:
    """Whether what stands before a deed is what it was done to: `were … arrested`."""
    if not _may_be_participle(statement.tokens[deed].lower):
        return False
    asked = statement.tokens[0].lower in _BE and not any(t.lower in _STOPS for t in statement.tokens[:deed])
    return asked or bool(_by_at(statement, deed)) or _has_be_before(statement, deed) or _in_an_attack(statement, deed)


def _in_an_attack(statement: Statement, deed: int) -> bool:
    """Whether what stands before befell in somebody's attack: `five tanks destroyed in a Ukrainian strike`."""
    behind = statement.tokens[deed + 1 : deed + 2 + _ATTACK_FAR]
    suffered = statement.tokens[deed].lower in _SUFFERED
    during = suffered and bool(behind) and behind[0].lower in ("in", "during")
    return during and any(token.key in _ATTACKS for token in behind[1:])


def _may_be_participle(lower: str) -> bool:
    """Whether a word may be the form behind `was`: `arrested`, `taken`, `struck`."""
    irregular = is_irregular(lower) and not lower.endswith(("ing", "s"))
    return irregular or lower.endswith(("ed", "n", "t", "d"))


def _has_be_before(statement: Statement, deed: int) -> bool:
    """Whether a form of `be` stands before the deed in its clause: `were … arrested`."""
    said = False
    for at in range(deed - 1, max(-1, deed - _SUBJECT_FAR - 2), -1):
        token = statement.tokens[at]
        if token.lower in _STOPS:
            return False
        if token.lower in _BE:
            return not (said and at and statement.tokens[at - 1].lower in ("who", "which", "that"))
        said = said or token.content
    return False


def _nearest_before(statement: Statement, deed: int, actors: Sequence[frozenset[str]]) -> int:
    for at in range(deed - 1, max(-1, deed - _SUBJECT_FAR), -1):
        for number, keys in enumerate(actors):
            if statement.tokens[at].key in keys:
                return number
    return -1


def _after(statement: Statement, deed: int, actors: Sequence[frozenset[str]]) -> list[tuple[int, str]]:
    """Return the actors after a deed in its sentence, each with the preposition that it hangs on."""
    found = []
    preposition = ""
    for token in statement.tokens[deed + 1 : deed + _OBJECT_FAR]:
        if token.lower in _STOPS:
            break
        if token.lower in _PREPOSITIONS:
            preposition = token.lower
        found += [(number, preposition) for number, keys in enumerate(actors) if token.key in keys]
    return found


def _swap(pair: Pair, actors: Sequence[_Actor], asked_at: int, known_at: int) -> Conflict | None:
    asked_doer, asked_others = _parts(pair.question, asked_at, [actor.asked for actor in actors])
    known_doer, known_others = _parts(pair.record, known_at, [actor.known for actor in actors])
    takes = pair.question.tokens[asked_at].key in TAKES, pair.record.tokens[known_at].key in TAKES
    if takes[0] != takes[1]:
        if asked_doer >= 0 and asked_doer == known_doer and asked_others & known_others:
            return _conflict(pair, min(actors[known_doer].known), min(actors[min(known_others)].known), _NAMES)
        return None
    if asked_doer in known_others and known_doer in asked_others:
        return _conflict(pair, min(actors[known_doer].known), min(actors[asked_doer].known), _NAMES)
    return None


def turned_round(pair: Pair, asked_at: int, known_at: int) -> bool:
    """Whether two deeds have the doer and the other one swapped: `A sold to B`, `B bought from A`."""
    actors = _actors(pair)
    asked_doer, asked_others = _parts(pair.question, asked_at, [actor.asked for actor in actors])
    known_doer, known_others = _parts(pair.record, known_at, [actor.known for actor in actors])
    return asked_doer in known_others and known_doer in asked_others


def _swapped_words(pair: Pair) -> Conflict | None:
    """Find `rebels attacked the army` beside `the army attacked the rebels`: the words beside the deed swapped."""
    question, record = pair.question, pair.record
    for rank in range(1, min(len(record.content) - 1, 40)):
        left, deed, right = record.key_at(rank - 1), record.key_at(rank), record.key_at(rank + 1)
        if not {left, deed, right} <= pair.found or deed in EITHER_WAY or left == right:
            continue
        token = record.tokens[record.content[rank]]
        hyphen = record.tokens[record.content[rank] - 1].lower == "-"  # `lime-soaked curtains`
        if token.kind != "word" or hyphen or not (token.lower.endswith("ed") or is_irregular(token.lower)):
            continue
        for asked in question.ranks.get(deed, ()):
            around = question.key_at(asked - 1), question.key_at(asked + 1)
            place = question.content[asked]
            if around == (right, left) and not passive(question, place) and not passive(record, record.content[rank]):
                return _conflict(pair, left, right, _WORDS)
    return None


def _conflict(pair: Pair, doer: str, other: str, strength: float) -> Conflict:
    record = pair.record
    names = {key: name.surface for name in record.names for key in name.keys}
    written = {token.key: token.surface for token in record.tokens}
    first, second = (names.get(key) or written[key] for key in (doer, other))
    return Conflict("direction", f"on record {first} is the one who did it to {second}, not the reverse", strength)
