"""Claims to and from files: CSV, JSON Lines, and schema.org `ClaimReview`."""
