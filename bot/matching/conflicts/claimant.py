"""Who is said to have said it: `did X say …`, `according to X`, `X: …`; and whether that is the claimant on record."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from bot.matching.conflicts.model import Conflict, Pair
from bot.matching.conflicts.names import TITLES, is_first_name, join_names, names_somebody
from bot.matching.conflicts.tokens import Token, tokenise
from bot.matching.words import background

_SAYS = frozenset(
    "say says said saying claim claims claimed claiming tell tells told state states stated announce"
    " announced tweeted wrote writes"
    " warn warned insist insisted argue argued declare declared swear swears assert asserted".split()
)
_SAYS_THAT = frozenset(
    "predict predicts predicted report reports reported forecast forecasts expect expects expected believe believes"
    " believed think thinks thought note notes noted suggest suggests suggested stress stresses stressed explain"
    " explains explained reveal reveals revealed confirm confirms confirmed admit admits admitted hint hints hinted"
    " acknowledge acknowledged complain complained allege alleges alleged conclude concludes concluded".split()
)
"""Words for other things besides: they say something only before `that`."""
_AUXILIARIES = frozenset("did does do has have had was is didnt didn't hasnt hasn't doesnt doesn't".split())
ANYBODY = frozenset(
    "people person someone somebody anyone anybody everyone everybody nobody friend mother father sister"
    " brother uncle aunt cousin"
    " mum mom dad neighbour neighbor colleague boss teacher article report reports news media post"
    " tweet video story it he she"
    " they i we you who which that this there expert experts official officials study studies"
    " researcher researchers scientist"
    " scientists source sources website site page message email meme rumor rumour guy man woman"
    " kid friend wife husband son"
    " internet channel group bot paper newspaper claimant statement letter image photo sign text".split()
)
_ENDS_SPEAKER = frozenset((",", ".", "?", "!", ";", ":", '"', "that", "the", "and", "when", "if"))
_LONGEST, _FEW = 8, 3
_INITIALS = 3
_RARE = 2e-5
_NAMED, _OTHER_OFFICE, _ORGANISATION, _TITLE_ONLY = 0.85, 0.5, 0.45, 0.4
_OFFICES = frozenset(
    "police opposition leader minister mayor senator president governor union company court hospital university"
    " ministry spokesman spokeswoman chief director ceo coach army navy church bank prosecutor lawyer council"
    " parliament airline employer workers farmers fishermen residents teachers nurses doctors students manufacturer"
    " regulator".split()
)
"""Words for somebody in particular: who says that they said it, and they did not, says something else."""


def find_speaker(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the words that name who said it, titles included; nothing when a text names nobody."""
    for at, token in enumerate(tokens):
        if token.lower in _SAYS or _says_that(tokens, at):
            found = _before_verb(tokens, at - (at > 0 and tokens[at - 1].lower == "who")) or _behind_verb(tokens, at)
        elif token.lower == "according" and at + 2 < len(tokens) and tokens[at + 1].lower == "to":
            found = _after_according(tokens, at + 2)
        elif token.lower == ":" and 0 < at <= _LONGEST:
            found = _before_verb(tokens, at)
        else:
            continue
        if found:
            return found
    return ()


def _says_that(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word says something: `predicted that it will`, but not `the report that was leaked`."""
    behind = [token.lower for token in tokens[at + 1 : at + 3]]
    return tokens[at].lower in _SAYS_THAT and behind[:1] == ["that"] and _AUXILIARIES.isdisjoint(behind[1:])


def _before_verb(tokens: Sequence[Token], at: int) -> tuple[Token, ...]:
    """Return the subject just before `said`; for `did … say` back to the auxiliary."""
    if at > 1 and tokens[at - 1].lower == ",":
        return _in_apposition(tokens, at - 1)
    start = at
    while start > 0 and at - start < _LONGEST:
        before = tokens[start - 1]
        if (
            before.lower in _AUXILIARIES
            or before.kind in ("sign", "number")
            or before.lower in ("that", "when", "and", "what")
        ):
            break
        start -= 1
    run = tokens[start:at]
    if any(token.lower in ANYBODY for token in run):
        return ()
    return tuple(token for token in run if token.content or token.lower in TITLES - {"the", "of"})


def _in_apposition(tokens: Sequence[Token], end: int) -> tuple[Token, ...]:
    """Return a name between commas and what says who it is: `that man from the UN, Robert Wood, said`."""
    start = next((at for at in range(end - 1, -1, -1) if tokens[at].kind == "sign"), -1)
    if start < 1 or tokens[start].lower != "," or not any(token.capital for token in tokens[start + 1 : end]):
        return ()
    before = next((at for at in range(start - 1, -1, -1) if tokens[at].kind == "sign"), -1)
    run = tokens[max(before + 1, start - _LONGEST) : end]
    return tuple(token for token in run if token.content and token.lower not in ANYBODY)


def _behind_verb(tokens: Sequence[Token], at: int) -> tuple[Token, ...]:
    """Return who stands behind a `says` with which a text ends: `… will be shut, says PM`."""
    rest = [token for token in tokens[at + 1 :] if token.kind != "sign"]
    told = at > 0 and tokens[at - 1].lower not in ANYBODY
    named = told and 0 < len(rest) <= _FEW and not any(token.lower in ANYBODY for token in rest)
    return tuple(token for token in rest if token.content or token.lower in TITLES - {"the", "of"}) if named else ()


def _after_according(tokens: Sequence[Token], at: int) -> tuple[Token, ...]:
    """Return who stands after `according to`: titles, then a name of up to three words."""
    found: list[Token] = []
    capitals = any(token.capital for token in tokens[at : at + _LONGEST])
    for token in tokens[at : at + _LONGEST]:
        if token.lower in ("the", "of", "a"):
            if found and found[-1].capital:
                break
            continue
        if token.lower in _ENDS_SPEAKER or token.lower in ANYBODY or not (token.content or token.lower in TITLES):
            break
        if capitals and found and found[-1].capital and not token.capital:
            break
        found.append(token)
    return tuple(found)


@lru_cache(maxsize=4096)
def claimant_keys(claimant: str) -> frozenset[str]:
    """Return the keys of all words in a name, a role, an outlet, with the initials of each: `usda`, `pcg`."""
    apart = tokenise(claimant)
    initials = map(_initials, claimant.split(","))
    every = (token.key for token in (*apart, *join_names(apart)) if token.kind != "sign")
    return frozenset((*every, *filter(None, initials)))


def _initials(name: str) -> str:
    """Return an organisation's initials, `usda` for `US Department of Agriculture`; "" for a person or a short name."""
    words = [word for word in name.split() if word.isalpha() and word[0].isupper() and word != "The"]
    if len(words) < _INITIALS or is_first_name(words[0].lower()):
        return ""
    return "".join(word if word.isupper() else word[0] for word in words).lower()


def _said_by_another(pair: Pair) -> Conflict | None:
    """Find `the engineers said` where the record has `the minister said`, and has the engineers only behind that."""
    record = pair.record.tokens
    for verb, asked in _speeches(pair.question.tokens):
        written = {pair.matched.get(key, "") for key in asked}
        said = [at for at, token in enumerate(record) if token.key == verb and token.lower in _SAYS]
        if not asked or "" in written or len(said) != 1 or _is_passive(record, said[0]):
            continue
        before = {token.key for token in record[: said[0]] if token.content}
        who = frozenset(token.key for token in _before_verb(record, said[0]) if token.content)
        if who and written.isdisjoint(before):
            names = (_surfaces(record, who), _surfaces(pair.question.tokens, asked))
            return Conflict("claimant", "on record {} said it, not {}".format(*names), _OTHER_OFFICE)
    return None


def _speeches(tokens: Sequence[Token]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield for each word of saying its key, and the keys of who said it."""
    for at, token in enumerate(tokens):
        if token.lower in _SAYS and not _is_passive(tokens, at):
            speaker = _before_verb(tokens, at - (at > 0 and tokens[at - 1].lower == "who"))
            yield token.key, frozenset(each.key for each in speaker if each.content)


def _is_passive(tokens: Sequence[Token], at: int) -> bool:
    """Whether somebody is told, or something announced by somebody."""
    if at + 1 < len(tokens) and tokens[at + 1].lower == "by":
        return True
    return any(token.lower in _PASSIVE for token in tokens[:at])


_PASSIVE = frozenset("was were been being be is are".split())


def _surfaces(tokens: Sequence[Token], keys: frozenset[str]) -> str:
    return " ".join(dict.fromkeys(token.surface for token in tokens if token.key in keys))


def claimant_conflicts(pair: Pair, claimant: str, around: str) -> list[Conflict]:
    """Return a conflict when the question names somebody else than the claimant or those `around` the claim."""
    speaker = pair.question.speaker
    if another := _said_by_another(pair):
        return [another]
    if not speaker or not claimant:
        return []
    known = claimant_keys(f"{claimant} , {around}") | pair.record.ranks.keys()
    names = _names_in(speaker)
    if any(_is_known(token, known) for token in names):
        return []
    strength = _strength(speaker, names, known)
    if not strength:
        return []
    said = " ".join(token.surface for token in speaker)
    return [Conflict("claimant", f"on record {claimant} said it, not {said}", strength)]


def _names_in(speaker: Sequence[Token]) -> list[Token]:
    """Return the words that are no title: those with capitals, else the rare ones, else all."""
    last_title = max((at for at, token in enumerate(speaker) if token.lower in TITLES), default=-1)
    names = [token for token in speaker[last_title + 1 :] if token.lower not in TITLES]
    names = names or [token for token in speaker if token.lower not in TITLES]
    capitals = [token for token in names if token.capital]
    rare = [token for token in names if token.kind == "name" or background().get(token.key, 0.0) < _RARE]
    return capitals or rare or names


def _strength(speaker: Sequence[Token], names: Sequence[Token], known: frozenset[str]) -> float:
    if not names:
        return 0.0 if any(_is_known(token, known) for token in speaker) else _TITLE_ONLY
    if any(names_somebody(token) for token in names):
        return _NAMED
    if any(token.kind == "name" for token in names):
        return _ORGANISATION
    if all(background().get(token.key, 0.0) > _RARE for token in names):
        office = any(token.lower in _OFFICES for token in speaker)
        return _OTHER_OFFICE if office else _ORGANISATION if any(token.capital for token in names) else 0.0
    return _NAMED


def _is_known(token: Token, known: frozenset[str]) -> bool:
    if token.key in known:
        return True
    return len(token.key) > 4 and any(
        abs(len(key) - len(token.key)) < 3 and Levenshtein.distance(token.key, key) <= 2 for key in known
    )
