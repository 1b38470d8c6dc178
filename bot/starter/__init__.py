"""The starter: the claims that ship with Factbot, and how they reach a working database.

`claims.toml` is what people review; `python -m bot.starter.build` makes `facts.db` from it. A working
database starts as a copy of the starter's claims and afterwards belongs to its community: see `upgrade`.
"""
