"""Files that are made beside the place they get, so that nobody ever sees half of one."""

import secrets
from pathlib import Path


def name_beside(target: Path) -> Path:
    """Return a hidden name beside `target` that nobody else takes; whoever makes the file also takes it away."""
    return target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
