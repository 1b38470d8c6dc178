"""Messages that state nothing: `is this true?` points at another one, `help` and `hi` want to know what the bot is."""

import re

_POINTING = re.compile(
    r"(?i)\W*(?:(?:is|are|was|were|did|does|hey|hi|please|pls|can|could|you|bot|fact|factcheck|check|verify|this|that|"
    r"it|these|those|true|real|really|fake|legit|correct|right|source|sauce|so|or|not|false|claim|thoughts|what|about|"
    r"the|a|one|message|above|for|me|us)\b\W*)*"
)
"""Each word ends at its boundary: in `factcheckfactcheck…` there is one way to read it, not two for each."""

_GREETING = re.compile(
    r"(?i)\W*(?:(?:hi|hello|hey|yo|there|bot|factbot|help|me|please|pls|test|ping|thanks|thank|you|"
    r"what can you do|how do i use this|how does this work|who are you)\b\W*)*"
)


def only_points(text: str) -> bool:
    """Whether a text asks about another message and says nothing of its own."""
    return _POINTING.fullmatch(text) is not None


def only_greets(text: str) -> bool:
    """Whether a text asks nothing but what the bot is for: it is empty, a greeting, or a call for help."""
    return _GREETING.fullmatch(text) is not None
