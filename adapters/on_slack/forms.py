"""Forms as modals: all inputs at once. A modal knows its verb from its `private_metadata`, also after a restart."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from adapters.chat.cut import cut, units
from adapters.chat.presses import packed
from adapters.on_slack.choices import choice_blocks
from adapters.on_slack.render import bare, blocks, section, shown
from bot.reply import Form, Input, Reply, Tone
from bot.verb import YES, Kind, Parameter, Verb

FORM, RESULT = "form", "result"
METADATA = 3_000
_INPUTS = 95
_TITLE, _LABEL, _HINT, _TEXT = 24, 150, 300, 3_000
_OPTION_TEXT, _OPTION_VALUE, _OPTIONS = 75, 150, 100
_FILE_TYPES = ["csv", "jsonl", "json"]


def form_modal(reply: Reply) -> View | None:
    """Return the form of a reply as a modal, below what else the reply says; None when it has none to fill in."""
    if reply.form is None or not reply.form.inputs:
        return None
    title = [reply.title] if reply.title != reply.form.title else []
    said = [f"{each.name}: {each.value}" for each in (*reply.fields, *reply.notes)]
    return modal(reply.form, "\n".join([*title, reply.text, *said]).strip())


def modal(form: Form, note: str = "") -> View:
    """Return the form as a modal, filled with what is known; `note` stands above the inputs."""
    above: list[Block] = [section(shown(note, _TEXT))] if note.strip() else []
    return View(
        type="modal",
        callback_id=FORM,
        title=_plain(bare(form.title, _TITLE) or "Factbot"),
        submit=_plain("Send"),
        close=_plain("Cancel"),
        blocks=[*above, *map(_input, form.inputs[:_INPUTS])],
        private_metadata=packed(form.verb, form.arguments, METADATA),
    )


def file_modal(verb: Verb, given: Mapping[str, str]) -> View:
    """Return a modal for a verb that takes a file: no slash command carries one."""
    inputs = [_file_input(item) for item in verb.offered if item.kind is Kind.FILE]
    inputs += [_input(_yes(item, given)) for item in verb.offered if item.kind is Kind.YES]
    kept = {name: value for name, value in given.items() if name not in {block.block_id for block in inputs}}
    return View(
        type="modal",
        callback_id=FORM,
        title=_plain(bare(f"/{verb.name}", _TITLE)),
        submit=_plain("Send"),
        close=_plain("Cancel"),
        blocks=inputs,
        private_metadata=packed(verb.name, kept.items(), METADATA),
    )


def result(reply: Reply, asked: str = "") -> View:
    """Return a reply as a modal: what became of a form, or of a press in a modal."""
    return View(
        type="modal",
        callback_id=RESULT,
        title=_plain("Factbot"),
        close=_plain("Close"),
        blocks=[*blocks(reply), *choice_blocks(reply, asked=asked)],
    )


def waiting() -> View:
    """Return the modal that is shown while the work goes on."""
    return result(Reply(title="One moment …", text="This takes a little longer."))


def options(found: list[tuple[str, str]], typed: str = "") -> list[Option]:
    """Return completions as options; `typed` itself comes first, where something new may be given."""
    own = [(typed, f"Use “{typed}”")] if typed.strip() else []
    fitting = [(value, label) for value, label in found if value and value != typed and units(value) <= _OPTION_VALUE]
    return [_option(value, label) for value, label in (own + fitting)[:_OPTIONS] if units(value) <= _OPTION_VALUE]


def sent_values(view: Mapping[str, Any]) -> dict[str, str]:
    """Return what is in the inputs of a modal that was sent, by name; an empty input is empty text."""
    return {name: _value(element) for name, element in _elements(view) if element.get("type") != "file_input"}


def sent_files(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what Slack says of the files in a modal that was sent."""
    return [file for _, element in _elements(view) for file in element.get("files") or ()]


def problems(reply: Reply, view: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong, by the input of the modal that was sent: a refusal of the whole stands at the first."""
    names = [str(block.get("block_id")) for block in view.get("blocks") or () if block.get("type") == "input"]
    inputs = reply.form.inputs if reply.form else ()
    found = {each.name: cut(_plainly(each), _HINT) for each in inputs if each.problem and each.name in names}
    whole = reply.tone is Tone.REFUSED and not (reply.form or reply.fields or reply.choices)
    if not found and whole and names:
        return {names[0]: cut(reply.text or reply.title, _HINT)}
    return found


def _plainly(each: Input) -> str:
    """Return what is wrong with an input without its name: it stands at the input."""
    words = each.problem.removeprefix(f"{each.name}: ")
    return words[:1].upper() + words[1:]


def _elements(view: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, actions in ((view.get("state") or {}).get("values") or {}).items():
        for element in actions.values():
            yield str(name), element


def _value(element: Mapping[str, Any]) -> str:
    picked = element.get("selected_option") or next(iter(element.get("selected_options") or ()), None) or element
    return str(picked.get("value") or "")


def _input(each: Input) -> InputBlock:
    hint = f"⚠ {_plainly(each)}" if each.problem else each.hint
    return InputBlock(
        block_id=each.name,
        label=_plain(bare(each.label, _LABEL) or each.name),
        hint=_plain(bare(hint, _HINT)) if hint.strip() else None,
        element=_element(each),
        optional=not each.required,
    )


def _element(each: Input) -> InputInteractiveElement:
    if each.options == (YES,):
        yes = _option(YES, "Yes")
        return CheckboxesElement(action_id=each.name, options=[yes], initial_options=[yes] if each.value else None)
    if each.options and len(each.options) <= _OPTIONS:
        chosen = _option(each.value, each.value) if each.value in each.options else None
        made = [_option(word, word) for word in each.options]
        return StaticSelectElement(action_id=each.name, options=made, initial_option=chosen)
    if each.completes and units(each.value) <= _OPTION_TEXT:
        chosen = _option(each.value, each.value) if each.value else None
        return ExternalDataSelectElement(action_id=each.name, min_query_length=1, initial_option=chosen)
    limit = max(1, min(each.limit, _TEXT))
    return PlainTextInputElement(
        action_id=each.name, multiline=each.long, max_length=limit, initial_value=cut(each.value, limit) or None
    )


def _yes(item: Parameter, given: Mapping[str, str]) -> Input:
    return Input(item.name, item.help[:1].upper() + item.help[1:], given.get(item.name, ""), options=(YES,))


def _file_input(item: Parameter) -> InputBlock:
    element = FileInputElement(action_id=item.name, filetypes=_FILE_TYPES, max_files=1)
    return InputBlock(block_id=item.name, label=_plain(item.help[:1].upper() + item.help[1:]), element=element)


def _option(value: str, label: str) -> Option:
    return Option(value=value, text=_plain(bare(label, _OPTION_TEXT) or "…"))


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)
