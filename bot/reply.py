"""A reply, whatever the face: title, text, fields, links, tone, choices. All can be shown as plain text."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Tone(StrEnum):
    """How a reply feels; faces turn it into a colour. Never the only carrier of a meaning."""

    GOOD = "good"
    OPEN = "open"
    BAD = "bad"
    NEUTRAL = "neutral"
    CHOICE = "choice"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Field:
    """One named line of a reply. `tone` colours the value where a face has colours."""

    name: str
    value: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Link:
    """A source: what it is called and where it is; the address may be unknown."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the reader may pick: what it says, and the verb and arguments that picking it sends.

    An `action` is a thing to do (Save anyway, Accept) rather than one of several answers; `hides` says that people
    will not see something afterwards; `declines` that none of the others is wanted.
    """

    label: str
    verb: str
    arguments: tuple[tuple[str, str], ...] = ()
    declines: bool = False
    action: bool = False
    hides: bool = False


MOST_BYTES = 8_000_000
"""The largest file that is taken from a person in chat, or sent to one: what both platforms take without more."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes to or comes from a person: its name says its format."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a form: what it is called, what is in it, what it takes, and what is wrong with what was typed.

    `completes` says that the face may offer completions for it, and of which kind (`claim`, `claimant`).
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    limit: int = 300
    long: bool = False
    required: bool = False
    options: tuple[str, ...] = ()
    completes: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Something to fill in. Sending it is `verb` with `arguments` and, by name, what is in the inputs.

    Faces without forms show it as text, and `typed`: the command that says the same. What a face cannot hold at once
    (Discord's five inputs) it asks for in turn.
    """

    title: str
    verb: str
    inputs: tuple[Input, ...]
    arguments: tuple[tuple[str, str], ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person is shown, in this order.

    `fields` are about what is on record, `notes` about the answer (how sure, who else said something). `more`
    holds further cards, for a message that contains several claims. `form` is opened where the face can, `file`
    handed over. `changed` says that something was saved, `outcome` what a question came to (for logs).
    """

    title: str
    text: str = ""
    fields: tuple[Field, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Field, ...] = ()
    footer: str = ""
    tone: Tone = Tone.NEUTRAL
    choices: tuple[Choice, ...] = ()
    more: tuple["Reply", ...] = ()
    form: Form | None = None
    file: File | None = None
    changed: bool = False
    outcome: str = ""


def refusal(message: str) -> Reply:
    """Return the reply to what cannot be done; `message` says what was wrong and what to do."""
    return Reply(title="That did not work", text=message, tone=Tone.REFUSED)


def plain(reply: Reply, *, actions: bool = True) -> str:
    """Return the reply as plain text, safe to print: lines, no markup, no control characters.

    Without `actions` it offers nothing to do: where it goes, nobody can pick.
    """
    cards = (reply, *reply.more)
    return "\n\n".join("\n".join(_lines(card if actions else without_actions(card))) for card in cards)


def without_actions(reply: Reply) -> Reply:
    """Return the reply without the things to do that it offers; its several answers stay."""
    return replace(reply, choices=tuple(choice for choice in reply.choices if not choice.action))


def _lines(reply: Reply) -> Iterator[str]:
    yield visible(reply.title)
    if reply.text:
        yield visible(reply.text)
    yield from map(_line, reply.fields)
    yield from (f"Source: {visible(link_text(link))}" for link in reply.links)
    yield from map(_line, reply.notes)
    if reply.form is not None:
        yield from form_lines(reply.form)
    yield from (
        f"  {number}. {visible(choice.label)}" for number, choice in numbered(reply.choices) if not choice.action
    )
    if actions := [f"{number} {visible(choice.label)}" for number, choice in numbered(reply.choices) if choice.action]:
        yield f"Next: {' · '.join(actions)}"
    if reply.footer:
        yield visible(reply.footer)


def form_lines(form: Form) -> Iterator[str]:
    """Yield a form as text: its title, what is in each input and what is wrong with it, and the command to type."""
    yield visible(form.title)
    for each in form.inputs:
        needed = " (needed)" if each.required and not each.value else ""
        yield visible(f"  {each.label}{needed}: {each.value}".rstrip())
        if each.problem:
            yield visible(f"    ! {each.problem}")
    if form.typed:
        yield visible(f"Type: {form.typed}")


def _line(item: Field) -> str:
    return f"{visible(item.name)}: {visible(item.value)}"


def link_text(link: Link) -> str:
    """Return a link as words: label and address, or the one that is known."""
    return " ".join(part for part in (link.label, link.url) if part)


def numbered(choices: tuple[Choice, ...]) -> list[tuple[int, Choice]]:
    """Number the choices from 1; the one that declines them all is 0 in every reply."""
    offers = [choice for choice in choices if not choice.declines]
    return [*enumerate(offers, start=1), *((0, choice) for choice in choices if choice.declines)]


def visible(text: str) -> str:
    r"""Return `text` without what could steer a terminal: control and format characters. `\n` and `\t` stay.

    Stored text was cleaned when it came in. This is the second lock, for databases that something else wrote.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def one_line(text: str) -> str:
    """Return `text` as one visible line: what an error on standard error must be."""
    return " ".join(visible(text).split())


def _shown(char: str) -> str:
    """Characters that format are dropped, those that control (and lone halves) leave a mark."""
    kind = unicodedata.category(char)
    if kind == "Cf":
        return ""
    return "\ufffd" if kind in {"Cc", "Cs", "Zl", "Zp"} and char not in "\n\t" else char
