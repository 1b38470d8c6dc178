"""The fields of a claim as people and files write them: the columns, their checks, and cells of several values."""
