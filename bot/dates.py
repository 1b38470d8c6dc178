"""Dates as people read them. On record they are ISO 8601 and may be partial."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_PARTS = 3


def human_date(iso: str) -> str:
    """Return `6 Feb 2024`, `Oct 2023` or `2023`; what is no date comes back as it is."""
    year, *rest = iso.split("-")
    if not all(part.isdecimal() for part in rest) or len(rest) >= _DAY_PARTS:
        return iso
    if not rest or not 1 <= int(rest[0]) <= len(_MONTHS):
        return iso
    day = f"{int(rest[1])} " if rest[1:] else ""
    return f"{day}{_MONTHS[int(rest[0]) - 1]} {year}"


def on_date(iso: str) -> str:
    """Return the date with its preposition: `on 6 Feb 2024`, `in Oct 2023`; nothing for an unknown date."""
    if not iso:
        return ""
    return f"{'on' if iso.count('-') == _DAY_PARTS - 1 else 'in'} {human_date(iso)}"
