"""What each verb does: one function for each name in `bot.verbs`, from a desk and checked arguments to a reply."""

from collections.abc import Callable, Mapping

from bot import asking, verbs
from bot.curate import (
    adding,
    editing,
    hiding,
    history,
    listing,
    merging,
    moderating,
    phrasings,
    queueing,
    statuses,
    suggesting,
    transfer,
    undoing,
)
from bot.desk import Desk
from bot.reply import Reply

Doer = Callable[[Desk, dict[str, str]], Reply]
"""Takes the arguments that are given (see `Verb.checked`); raises what stands in its way."""

DOERS: Mapping[str, Doer] = {
    verbs.FACTCHECK.name: asking.factcheck,
    verbs.SEARCH.name: asking.search,
    verbs.SHOW.name: asking.show,
    verbs.LIST.name: listing.listed,
    verbs.ADD.name: adding.add,
    verbs.EDIT.name: editing.edit,
    verbs.STATUS.name: statuses.status,
    verbs.REMOVE.name: hiding.remove,
    verbs.RESTORE.name: hiding.restore,
    verbs.ALIAS.name: phrasings.alias,
    verbs.MERGE.name: merging.merge,
    verbs.HISTORY.name: history.history,
    verbs.UNDO.name: undoing.undo,
    verbs.SUGGEST.name: suggesting.suggest,
    verbs.QUEUE.name: queueing.queue,
    verbs.IMPORT.name: transfer.import_claims,
    verbs.EXPORT.name: transfer.export_claims,
    verbs.MODERATORS.name: moderating.moderators,
    verbs.BLOCK.name: moderating.block,
    verbs.SETTINGS.name: moderating.settings,
    verbs.LINK.name: moderating.link,
    verbs.OTHERS.name: listing.others,
    verbs.WHY.name: asking.why,
    verbs.SOURCES.name: asking.sources,
    verbs.HELP.name: asking.explain,
    verbs.NONE_OF_THESE.name: asking.none_of_these,
}
