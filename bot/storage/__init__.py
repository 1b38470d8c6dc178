"""What the store is made of: the file (`database`), its schema (`migrations`), and claims as rows (`tables`, `rows`).

The only place with SQL, together with `bot.store`, through which everything else comes in.
"""
