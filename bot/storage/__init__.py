"""What the store is made of: the file, its schema, and a book for each thing that it keeps.

`database` is the file as such, `migrations` with `schema_4` and `schema_5` its schema, `connection` what all books
share. `claims` (with `tables` and `rows`) and `revisions` (with `chain`, and `checking` to verify it) are the record;
`people`, `communities`, `suggestions`, `drafts`, `deliveries`, `notices` and `replies` what goes on around it;
`personal`, `spaces` and `takedown` remove what must go; `backup` and `restoring` copy the file, and `forgotten` says
what a copy must not bring back. The only place with SQL; everything else comes in through `bot.store`.
"""
