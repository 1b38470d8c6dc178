"""Choices as buttons that outlive a restart: all they know is in their `value`, and what was asked in their block.

A value comes back from a client, so it is a wish and not a right: the core checks everything again.
"""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from adapters.chat.presses import ASKED, choice_text, packed
from adapters.on_slack.render import bare, shown
from bot.reply import Choice, Form, Reply
from bot.verbs import FACTCHECK

VALUE = 2_000
PRESS, SHARE, REMOVE = "press", "share", "remove"
_LABEL = 75
_OFFER = 400
_MOST_OFFERS = 20
_MOST_BUTTONS = 25


def choice_blocks(reply: Reply, own: Sequence[ButtonElement] = (), asked: str = "") -> list[Block]:
    """Return the choices of a reply: a line with a button for each answer, then a row of buttons.

    `own` are the face's own buttons, `asked` says where the question can be read again (see `asked_in`).
    """
    offers = [choice for choice in reply.choices if not choice.action and not choice.declines]
    made: list[Block] = [_offer(number, choice) for number, choice in enumerate(offers[:_MOST_OFFERS])]
    rest = [choice for choice in reply.choices if choice.action or choice.declines]
    buttons = [_button(number, choice) for number, choice in enumerate(rest[: _MOST_BUTTONS - 3])]
    buttons += [*_form_button(reply.form), *own]
    if buttons:
        made.append(ActionsBlock(elements=list(buttons)))
    for number, block in enumerate(made):
        block.block_id = f"{number}:{asked}"
    return made


def asked_in(block_id: str) -> str:
    """Return where the question of a button's message can be read: a message's ts, or the id of a draft."""
    return block_id.partition(":")[2]


def needs_question(reply: Reply) -> bool:
    """Whether a choice of the reply is about a question that is too long for a button."""
    return any(ASKED in choice_text(choice, VALUE) for choice in reply.choices)


def share_button(question: str) -> ButtonElement:
    """Show a private answer to the whole channel: it is asked again, and answered there."""
    value = packed(FACTCHECK.name, [("question", question)], VALUE)
    return ButtonElement(text=_plain("Share to channel"), action_id=SHARE, value=value, style="primary")


def remove_button(user: str) -> ButtonElement:
    """Take a public answer away: for the one who asked (`user`) and for moderators."""
    return ButtonElement(text=_plain("Remove"), action_id=REMOVE, value=user)


def _offer(number: int, choice: Choice) -> Block:
    button = ButtonElement(
        text=_plain("Show"),
        action_id=f"{PRESS}:{number}",
        value=choice_text(choice, VALUE),
        accessibility_label=bare(choice.label, _LABEL) or None,
    )
    words = f"{number + 1}. {shown(choice.label, _OFFER)}"
    return SectionBlock(text=MarkdownTextObject(text=words, verbatim=True), accessory=button)


def _button(number: int, choice: Choice) -> ButtonElement:
    return ButtonElement(
        text=_plain(bare(choice.label, _LABEL) or "…"),
        action_id=f"{PRESS}:a{number}",
        value=choice_text(choice, VALUE),
        style="danger" if choice.hides else None,
        confirm=_sure(choice) if choice.hides else None,
    )


def _sure(choice: Choice) -> ConfirmObject:
    return ConfirmObject(
        title=_plain("Are you sure?"),
        text=_plain(bare(f"{choice.label}: people will not see it any more. It can be undone.", 300)),
        confirm=_plain("Yes"),
        deny=_plain("No"),
    )


def _form_button(form: Form | None) -> Iterator[ButtonElement]:
    """A form that is shown as text can be opened."""
    if form is not None:
        value = packed(form.verb, form.arguments, VALUE)
        yield ButtonElement(text=_plain("Open the form"), action_id=f"{PRESS}:form", value=value, style="primary")


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)
