"""Stand-in until the real module lands."""
from bot.matching.conflicts.model import Conflict
Statement = str
def read(text): return text
def find_conflicts(question, record, *, claimant="", claimant_role="", said_on=""): return ()
