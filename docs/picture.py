"""Draw `docs/card.svg`, the picture in the README, with what draws cards: `python -m docs.picture`."""

import io
import re
from pathlib import Path

from rich.console import Console

from adapters.console import PROMPT
from adapters.console_render import WIDTH, render
from bot.ask import Asker
from bot.cards import answer_reply
from bot.store import Store, starter_path

QUESTION = "did russia use north korean missiles nine times?"
TARGET = Path(__file__).with_name("card.svg")
_REMOTE_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def picture() -> str:
    """Return the card of a question about the starter as an SVG that loads nothing from anywhere."""
    with Store.open(starter_path(), readonly=True) as store:
        reply = answer_reply(Asker(store).ask(QUESTION))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), markup=False, highlight=False)
    console.print(f"{PROMPT}{QUESTION}")
    console.print(render(reply))
    return _REMOTE_FONTS.sub("", console.export_svg(title="factbot", unique_id="factbot"))


if __name__ == "__main__":
    TARGET.write_text(picture(), encoding="utf-8")
