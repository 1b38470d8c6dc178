"""Where the packaged starter lies: a file that is read, and never written at run time."""

from pathlib import Path

from bot.errors import Refused


def starter_path() -> Path:
    """Return where the packaged starter lies.

    In the package (a wheel) or beside it (a checkout). Never write it.
    """
    package = Path(__file__).parents[1]
    for place in (package / "facts.db", package.parent / "facts.db"):
        if place.is_file():
            return place
    raise Refused(f"The starter database is missing: there is no facts.db in or beside {package}.")


def is_starter(path: Path) -> bool:
    """Tell whether `path` is the packaged starter itself."""
    try:
        return path.samefile(starter_path())
    except (OSError, Refused):
        return False
