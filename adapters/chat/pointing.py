"""Messages that only point at another one: `is this true?`, `fact check this please`."""

import re

_POINTING = re.compile(
    r"(?i)\W*(?:(?:is|are|was|were|did|does|hey|hi|please|pls|can|could|you|bot|fact|factcheck|check|verify|this|that|"
    r"it|these|those|true|real|really|fake|legit|correct|right|source|sauce|so|or|not|false|claim|thoughts|what|about|"
    r"the|a|one|message|above|for|me|us)\b\W*)*"
)
"""Each word ends at its boundary: in `factcheckfactcheck…` there is one way to read it, not two for each."""


def only_points(text: str) -> bool:
    """Whether a text asks about another message and says nothing of its own."""
    return _POINTING.fullmatch(text) is not None
