"""Import and export as verbs: a file comes with the request, or goes with the reply.

What reads and writes files is imported when one comes: `factbot ask` starts without it.
"""

from typing import TYPE_CHECKING

from bot.curate import forms
from bot.desk import Desk
from bot.errors import Refused
from bot.reply import MOST_BYTES, Field, File, Reply
from bot.text import clean, counted, shorten
from bot.verb import YES
from bot.verbs import IMPORT, UNDO

if TYPE_CHECKING:
    from bot.interchange.importing import ImportReport

_SHOWN = 10
_NAME = 100


def import_claims(desk: Desk, given: dict[str, str]) -> Reply:
    """Read the claims of the file that came along into the space acted in: whatever space its rows name."""
    from bot.interchange.importing import import_bytes

    file = desk.request.attachment
    if file is None:
        raise Refused(f"/{IMPORT.name}: there is no file. Give a .csv, .jsonl or .json (ClaimReview) with it.")
    if not file.content:
        name = shorten(clean(file.name), _NAME)
        raise Refused(f"{name} is empty, or larger than {MOST_BYTES // 1_000_000} MB: import it on the host.")
    desk.refuse_again()
    report = import_bytes(
        desk.store,
        file.name,
        file.content,
        desk.trace(),
        space=desk.space,
        most=MOST_BYTES,
        dry_run=given.get("dry_run") == YES,
        skip_bad=given.get("skip_bad") == YES,
    )
    with desk.saving():  # after it: reading a large file takes long, and the same file again changes nothing
        return _told(desk, file.name, report)


def _told(desk: Desk, name: str, report: "ImportReport") -> Reply:
    counted = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    left = f", {report.skipped:,} left out" if report.skipped else ""
    dry = " Nothing was written: this was a dry run." if report.dry_run else ""
    fields = tuple(Field("Left out", str(problem)) for problem in report.problems[:_SHOWN])
    undo = (forms.action(desk, "Undo", UNDO, {"change": report.batch}),) if report.batch else ()
    return Reply(
        shorten(clean(name), _NAME), f"{counted}{left}.{dry}", fields, choices=undo, changed=bool(report.batch)
    )


def export_claims(desk: Desk, given: dict[str, str]) -> Reply:
    """Hand over the claims of the space acted in as a file."""
    from bot.interchange.exporting import export_bytes

    history = given.get("history") == YES
    ending = given.get("format") or ("jsonl" if history else "csv")
    name = f"factbot-{desk.space.replace(':', '-')}{'-history' if history else ''}.{ending}"
    content, count = export_bytes(desk.store, name, space=desk.space, history=history, most=MOST_BYTES)
    counts = counted(count, "change" if history else "claim")
    return Reply(f"{counts} of {desk.space}", file=File(name, content))
