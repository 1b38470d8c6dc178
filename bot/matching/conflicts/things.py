"""A word in another's place, all around it being the same: `drones` on record, `helicopters` in the question."""

from collections.abc import Collection, Iterator

from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.conflicts.standing_in import SHOWN_IN, may_stand_for, near_in_meaning, opposed
from bot.matching.irregular import BASE_FORMS, is_past
from bot.matching.kinship import synonyms
from bot.matching.words import asking_words, chatter_words, stem

_LONGEST_RUN = 3
_NEAR = 0.6
_HARDLY, _BETWEEN, _AT_END, _ALL_ELSE_EQUAL = 0.45, 0.5, 0.5, 0.55
_IN_ITS_PLACE, _BEHIND_ONE, _OTHERWISE = 0.5, 0.5, 0.5
_FEW = 2
_WHICH = frozenset("what who whom whose which when where why how".split())
_CONVERSE = frozenset(stem(word) for word in "beat lose lend borrow teach learn precede follow".split())
"""Deeds that say the same from the other side: who did it to whom is looked at elsewhere."""
_SAYS_NOTHING = frozenset(
    stem(word)
    for word in "wrote write mean record claim fact true story news report article thing nice"
    " yes no now soon later again insist swear reckon argue trust"
    " u ur r ya plus more also too legit btw per via".split()
)
_GENERAL = frozenset(
    stem(word)
    for word in "get put make do go turn look seem use employ have take give cause mean include involve become keep let"
    " need want issue announce decide describe list introduce practice call tell confirm admit add base due because"
    " after during midst rest part remainder each across just small former new old last first due while".split()
)
"""Words that say little by themselves: what stands in their place seldom says something else."""
_PREPOSITIONS = frozenset(
    "in at on for with after before from by against into over during near through towards"
    " toward along alongside beside around between".split()
)
_REST = 3
_EDGE = "."
_NO_THING = (
    frozenset(
        "least most time times occasion occasions about approximately now ago also ever year years annually yearly"
        " decade decades century"
        " per dollar dollars euro euros pound pounds eur gbp percent million billion"
        " degree degrees degc celsius centigrade fahrenheit degf starting beginning"
        " every each one ones himself herself itself themselves".split()
    )
    | _PREPOSITIONS
)
"""Words of bounds and of time, which the numbers and dates look after; those that only point back; prepositions."""


def thing_conflicts(pair: Pair) -> list[Conflict]:
    """Return the first word that stands where the record has one of another meaning."""
    if pair.cover_question < _NEAR:
        return []
    if pair.cover_record < _NEAR:
        return _in_its_place(pair)
    known_gaps = {(left, right): run for left, run, right in _gaps(pair.record, pair.found)}
    asked_gaps = list(_gaps(pair.question, frozenset(pair.matched)))
    for left, run, right in asked_gaps:
        known = known_gaps.get((pair.matched.get(left, left), pair.matched.get(right, right)))
        if known and any(_tells(pair, at) for at in run) and not may_stand_for(pair, run, known):
            written, on_record = pair.question.written(run), pair.record.written(known)
            between = _BETWEEN if _is_telling(pair, run, known) else _HARDLY
            strength = _AT_END if _EDGE in (left, right) else between
            if _same_preposition(pair, run[0], known[0]):
                strength = _BEHIND_ONE
            opens_with_name = _may_be_name(pair, run, known)
            if (left != _EDGE or opens_with_name) and _all_else_equal(pair, len(run), len(known)):
                strength = _ALL_ELSE_EQUAL
            if not any(_says_what(pair, at) for at in run):
                strength = _HARDLY
            return [Conflict("thing", f"on record it is {on_record}, not {written}", strength)]
    found = _in_its_place(pair) or _left_over(pair) or _after_the_same(pair) or _listed_otherwise(pair)
    return found or _of_the_same_owner(pair)


def _is_telling(pair: Pair, asked: tuple[int, ...], known: tuple[int, ...]) -> bool:
    """Whether words between shared ones are few, say something by themselves, and are far apart in meaning."""
    few = len(asked) + len(known) <= _LONGEST_RUN
    here, there = ({s.tokens[at].key for at in run} for s, run in ((pair.question, asked), (pair.record, known)))
    plain = here.isdisjoint(_GENERAL) and there.isdisjoint(_GENERAL) and all(_tells(pair, at) for at in asked)
    return few and plain and not near_in_meaning(pair, asked, known)


def _same_preposition(pair: Pair, asked: int, known: int) -> bool:
    """Whether the same preposition stands before both: `after an earthquake`, `after heavy rain`."""
    here, there = (_before(s, at) for s, at in ((pair.question, asked), (pair.record, known)))
    return here == there and here in _PREPOSITIONS


def _before(statement: Statement, at: int) -> str:
    """Return the small word before a thing, articles skipped."""
    tokens = statement.tokens[max(0, at - 3) : at]
    return next((token.lower for token in reversed(tokens) if token.lower not in ("a", "an", "the")), "")


def _in_its_place(pair: Pair) -> list[Conflict]:
    """Find one word for another between the same two words, small ones too: `ban electric cars`."""
    known = _singles(pair.record, pair.found)
    for (left, right), place in _singles(pair.question, frozenset(pair.matched)).items():
        other = known.get((left, right))
        if other is not None and _tells(pair, place) and not may_stand_for(pair, (place,), (other,)):
            written, on_record = pair.question.tokens[place].lower, pair.record.tokens[other].lower
            return [Conflict("thing", f"on record it is {on_record}, not {written}", _IN_ITS_PLACE)]
    return []


def _after_the_same(pair: Pair) -> list[Conflict]:
    """Find another word behind the same one for the only word of a record that is missing: `species of gecko`."""
    known = _rest(pair.record, pair.found)
    if len(pair.found) < _REST:
        return []
    for other in known:
        left = _last_content(pair.record, other)
        if pair.record.tokens[other].kind != "word" or not (len(known) == 1 or _is_object(pair.record, other)):
            continue
        for at in _rest(pair.question, pair.matched.keys()):
            same = left and pair.matched.get(_last_content(pair.question, at)) == left
            same = same and (len(known) == 1 or _is_object(pair.question, at))
            if same and _is_telling(pair, (at,), (other,)) and not may_stand_for(pair, (at,), known):
                written, on_record = pair.question.tokens[at].lower, pair.record.tokens[other].lower
                return [Conflict("thing", f"on record it is {on_record}, not {written}", _BEHIND_ONE)]
    return []


def _listed_otherwise(pair: Pair) -> list[Conflict]:
    """Find two other things listed than on record: `fuel and tents`, `flour and medicine`."""
    asked, known = _listed(pair.question, pair.matched.keys()), _listed(pair.record, pair.found)
    if len(asked) != 1 or len(known) != 1 or may_stand_for(pair, asked[0], known[0]):
        return []
    written, on_record = (
        " and ".join(statement.tokens[at].lower for at in places)
        for statement, places in ((pair.question, asked[0]), (pair.record, known[0]))
    )
    return [Conflict("thing", f"on record it is {on_record}, not {written}", _OTHERWISE)]


def _of_the_same_owner(pair: Pair) -> list[Conflict]:
    """Find `China's economy` where the record has only China's population."""
    asked, known = _owned(pair.question), _owned(pair.record)
    for owner, at in asked.items():
        other = known.get(pair.matched.get(owner, ""))
        if other is None or pair.question.tokens[at].key in pair.matched or pair.record.tokens[other].key in pair.found:
            continue
        if _says_what(pair, at) and not may_stand_for(pair, (at,), (other,)):
            written, on_record = pair.question.tokens[at].lower, pair.record.tokens[other].lower
            return [Conflict("thing", f"on record it is {on_record}, not {written}", _OTHERWISE)]
    return []


def _owned(statement: Statement) -> dict[str, int]:
    """Return where what somebody has stands, by whose it is: `China's economy`."""
    tokens = statement.tokens
    return {
        token.key: at + 1
        for at, token in enumerate(tokens[:-1])
        if (tokens[at + 1].content and tokens[at + 1].kind == "word")
        and (token.surface.endswith("'s") or f"{token.surface}'s " in statement.text)
    }


def _listed(statement: Statement, shared: Collection[str]) -> list[tuple[int, ...]]:
    """Return each two words with `and` between them that the other text lacks."""
    rest = set(_rest(statement, shared))
    return [(at, at + 2) for at in sorted(rest) if at + 2 in rest and statement.tokens[at + 1].lower == "and"]


def _is_object(statement: Statement, at: int) -> bool:
    """Whether a thing stands just behind a deed, an article between them: `killed a player`."""
    word = statement.tokens[at].lower
    before = next(
        (t for t in reversed(statement.tokens[max(0, at - 2) : at]) if t.lower not in ("a", "an", "the")), None
    )
    deed = before is not None and is_past(before.lower)
    return deed and not (word.endswith("ing") or word in BASE_FORMS or is_past(word))


def _last_content(statement: Statement, at: int) -> str:
    return next((token.key for token in reversed(statement.tokens[:at]) if token.content), "")


def _left_over(pair: Pair) -> list[Conflict]:
    """Find what little is left over on both sides, wherever it stands, when it means something else."""
    asked, known = _rest(pair.question, pair.matched.keys()), _rest(pair.record, pair.found)
    asked = tuple(at for at in asked if _tells(pair, at) and pair.question.tokens[at].key not in _GENERAL)
    few = 0 < len(asked) <= _FEW and len(known) == 1 and len(pair.matched) >= _REST
    few = few and pair.record.tokens[known[0]].key not in _GENERAL
    if not few or pair.question.tokens[0].lower in _WHICH or _in_other_parts(pair, asked[0], known[0]):
        return []
    if may_stand_for(pair, asked, known) or near_in_meaning(pair, asked, known):
        return []
    written, on_record = pair.question.written(asked), pair.record.written(known)
    return [Conflict("thing", f"on record: {on_record}; you wrote {written}", _OTHERWISE)]


def _in_other_parts(pair: Pair, asked: int, known: int) -> bool:
    """Whether one is a detail behind a preposition (`in Tampere`) and the other not, or the two are opposed words."""
    here, there = (_before(s, at) in _PREPOSITIONS for s, at in ((pair.question, asked), (pair.record, known)))
    keys = {pair.question.tokens[asked].key, pair.record.tokens[known].key}
    return here != there or bool(keys & _CONVERSE) or opposed(*sorted(keys))


def _says_what(pair: Pair, at: int) -> bool:
    """Whether a word that the record lacks says something of the matter, and not as little as `get` or `make`."""
    return _tells(pair, at) and pair.question.tokens[at].key not in _GENERAL


def _tells(pair: Pair, at: int) -> bool:
    """Whether a word that the record lacks says something of the matter: no chatter, no `each`, no date, no `wrote`."""
    token = pair.question.tokens[at]
    dated = any(date.start <= at <= date.last for date in pair.question.dates)
    empty = token.key in pair.beside | chatter_words() | asking_words() | _SAYS_NOTHING | SHOWN_IN
    return not (
        empty or dated or token.lower.endswith("ly") or any(at == scope.start for scope in pair.question.scopes)
    )


def _rest(statement: Statement, shared: Collection[str]) -> tuple[int, ...]:
    """Return where the words stand that the other text lacks; who said it and what denies are looked at elsewhere."""
    said_by = {token.key for token in statement.speaker}
    denying = {denial.start for denial in statement.denials}
    return tuple(
        at
        for at in statement.content
        if at not in denying | _dated(statement)
        and statement.tokens[at].lower not in _NO_THING
        and statement.tokens[at].key not in shared
        and statement.tokens[at].key not in said_by
    )


def _dated(statement: Statement) -> set[int]:
    """Return where the words of dates stand, which are looked at elsewhere."""
    return {at for date in statement.dates for at in range(date.start, date.last + 1)}


def _singles(statement: Statement, shared: frozenset[str]) -> dict[tuple[str, str], int]:
    """Return each word that the other text lacks by the keys just before and after it."""
    tokens = statement.tokens
    return {
        (tokens[at - 1].key, tokens[at + 1].key): at
        for at in statement.content
        if tokens[at].key not in shared and 0 < at < len(tokens) - 1 and tokens[at].lower not in _NO_THING
    }


def _all_else_equal(pair: Pair, asked: int, known: int) -> bool:
    """Whether these words are all in which the two texts differ, and as many on both sides."""
    differ = len(pair.question.ranks) - len(pair.matched), len(pair.record.ranks) - len(pair.found)
    return differ == (asked, known) and asked == known and len(pair.matched) >= _REST


def _gaps(statement: Statement, shared: frozenset[str]) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Yield each short run of words that the other text lacks, with the shared words beside it."""
    left, run = _EDGE, []
    said_by = {token.key for token in statement.speaker}
    aside = {denial.start for denial in statement.denials} | _dated(statement)
    for place in statement.content:
        key = statement.tokens[place].key
        if statement.tokens[place].lower in _NO_THING or place in aside or key in said_by:
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
