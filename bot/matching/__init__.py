"""The matcher: which claim on record, if any, is the one that a text states or asks about."""
