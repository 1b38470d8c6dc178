"""Typed commands: from `/fact status wood-nine refuted note="…"` to the verb and its arguments, forgivingly.

What is not named goes to the verb's positional parameters: a word to each, the rest to the last of them. A named
argument is `name=value`, `name="several words"` or `--name value`; without quotes it ends where the next name begins.
"""

import re
from collections.abc import Collection
from difflib import get_close_matches
from itertools import islice

from bot.errors import UsageProblem
from bot.text import shorten
from bot.verb import YES, Kind, Parameter, Verb
from bot.verbs import HELP, VERBS, typed_verbs

_SHORTHANDS = {"help": HELP.name}
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "‘": "’", "«": "»", "”": "”"}
_NAMED = re.compile(r"(?<!\S)(?:--(?P<long>[A-Za-z][\w-]*)(?P<equals>=|(?=\s|$))|(?P<name>[A-Za-z]\w*)=)")
_LAST_NAMED = re.compile(r"(?:^|\s)(?:--(?P<long>[A-Za-z][\w-]*)[= ]|(?P<name>[A-Za-z]\w*)=)(?P<begun>[^=]*)$")
_NEAR = 0.75
_MOST_NAMES = 60


def verb_named(name: str) -> Verb:
    """Return the verb of that name, or say which one may have been meant."""
    for verb in VERBS:
        if verb.name == name:
            return verb
    raise UsageProblem(_no_such(name))


def parse(line: str) -> tuple[Verb, dict[str, str]]:
    """Read a typed command: the verb, and its arguments by name. Whether one is missing is checked later.

    Raises `UsageProblem` for a command or a name that there is not, with what may have been meant.
    """
    body = line.strip().removeprefix("/").strip()
    for count in (2, 1):
        words = body.split(maxsplit=count)
        name = " ".join(words[:count]).lower()
        if verb := _typed_verb(_SHORTHANDS.get(name, name)):
            return verb, _arguments(verb, "".join(words[count:]))
    raise UsageProblem(_no_such(" ".join(body.lower().split()[:2])))


def place_in(line: str) -> tuple[Verb, Parameter, str] | None:
    """Return what is being typed at the end of `line`: of which verb, for which parameter, and what of it is there."""
    body = line.strip(" ").removeprefix("/") + " " * line.endswith(" ")
    verb = next((each for each in typed_verbs() if body.lower().startswith(f"{each.name} ")), None)
    if verb is None or not line.startswith("/"):
        return None
    rest = body[len(verb.name) :].lstrip()
    named = _LAST_NAMED.search(rest)
    items = {item.name: item for item in verb.offered}
    name = (named["long"] or named["name"]).lower().replace("-", "_") if named else ""
    if named and name in items:
        return verb, items[name], named["begun"]
    if not verb.offered:
        return None
    parts = rest.split(" ", max(1, verb.positional) - 1)
    return verb, verb.offered[len(parts) - 1], parts[-1]


def _typed_verb(name: str) -> Verb | None:
    return next((verb for verb in typed_verbs() if verb.name == name), None)


def _arguments(verb: Verb, rest: str) -> dict[str, str]:
    """A verb with one parameter takes everything as it is: a question may hold `=`, quotes and dashes."""
    if len(verb.offered) == 1:
        return {verb.offered[0].name: rest} if rest else {}
    looked_at = islice(_NAMED.finditer(rest), _MOST_NAMES)
    names = _outside_quotes(rest, [(found, item) for found in looked_at if (item := _parameter(verb, found))])
    starts = [found.start() for found, _ in names] + [len(rest)]
    bare = rest[: starts[0]].strip(" ,;") if names else rest.strip()
    named: dict[str, str] = {}
    for (found, item), end in zip(names, starts[1:], strict=True):
        if item.name in named:
            raise UsageProblem(f"{verb.usage}: {item.name} is given twice.")
        value = rest[found.end() : end].strip()
        if item.kind is Kind.YES and found["long"] and not found["equals"] and value.lower() != YES:
            bare, value = f"{bare} {value}".strip(), YES  # what stands behind a flag is not its value
        named[item.name] = _unquoted(value) or (YES if item.kind is Kind.YES else "")
    given = _positional(verb, bare, named)
    if twice := given.keys() & named.keys():
        raise UsageProblem(f"{verb.usage}: {min(twice)} is given twice.")
    return given | named


def _parameter(verb: Verb, found: re.Match[str]) -> Parameter | None:
    """Return the parameter that is named here; text such as `x=5` names none."""
    name = (found["long"] or found["name"]).lower().replace("-", "_")
    known = {item.name: item for item in verb.offered}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1, cutoff=_NEAR)
    if near or found["long"]:
        hint = f"Did you mean {near[0]}?" if near else f"It takes {', '.join(known) or 'nothing'}."
        raise UsageProblem(f"{verb.usage}: there is no {shorten(name, 40)!r} to give. {hint}")
    return None


def _outside_quotes(text: str, names: list[tuple[re.Match[str], Parameter]]) -> list[tuple[re.Match[str], Parameter]]:
    """Drop what only looks like a name because it stands inside the quoted value of an earlier one."""
    kept: list[tuple[re.Match[str], Parameter]] = []
    closed = 0
    for found, item in names:
        if found.start() >= closed:
            kept.append((found, item))
            closed = _end_of_quotes(text, found.end())
    return kept


def _end_of_quotes(text: str, start: int) -> int:
    """Return where the quoted value that begins at `start` ends; `start` itself when none begins there."""
    start += len(text[start:]) - len(text[start:].lstrip())
    closing = _QUOTES.get(text[start : start + 1])
    end = text.find(closing, start + 1) if closing else -1
    return start if end < 0 else end + 1


def _positional(verb: Verb, bare: str, named: Collection[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    items = verb.offered[: verb.positional]
    for place, item in enumerate(items):
        if not bare:
            break
        if place == len(items) - 1:
            _refuse_flag(verb, bare, named)
            given[item.name], bare = _unquoted(bare), ""
        else:
            end = _end_of_quotes(bare, 0) or len(bare.split(maxsplit=1)[0])
            given[item.name], bare = _unquoted(bare[:end]), bare[end:].strip()
    return given


def _refuse_flag(verb: Verb, text: str, named: Collection[str]) -> None:
    """Refuse a text that ends with the name of a flag: saved as a part of it, it would mean the opposite."""
    last = text.split()[-1].lower()
    flags = {item.name for item in verb.offered if item.kind is Kind.YES}
    if last in flags - set(named):
        raise UsageProblem(f"Is “{last}” part of the text? Put the text in quotes then; else write --{last}.")


def _unquoted(text: str) -> str:
    closing = _QUOTES.get(text[:1])
    return text[1:-1] if closing and len(text) > 1 and text.endswith(closing) else text


def _no_such(name: str) -> str:
    return f"There is no command /{shorten(name, 40)}. {_did_you_mean(name)}"


def _did_you_mean(name: str) -> str:
    names = [verb.name for verb in typed_verbs()]
    first = {known.split()[0]: known for known in reversed(names)}
    near = get_close_matches(name, names, n=1, cutoff=0.6) or [
        first[word] for word in get_close_matches(name.split(" ")[0], first, n=1, cutoff=0.6)
    ]
    return f"Did you mean /{near[0]}?" if near else f"/{HELP.name} lists the commands."
