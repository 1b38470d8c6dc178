"""Dates as others write them, brought to ISO 8601 where they can be read in one way only.

Read: a time after the date (`2024-02-06T10:00:00Z`: the day where it was written), the year first (`2024/2/6`), the
month as an English word (`6 February 2024`, `Tue, Feb. 6th, 2024`, `February 2024`). Not read: `02/06/2024` (June
or February?), `06.02.24`, a count of seconds (its day depends on the place).
"""

import re

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_TIME = r"(?:[T ,]\s*\d{1,2}:\d\d.*)?"
_ISO = re.compile(r"(?:\d{4}(?:-\d\d){0,2})?")
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII | re.DOTALL)
    for form in (
        rf"{_YEAR}([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}",
        rf"{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}",
        rf"{_MONTH},?\s+{_YEAR}(?P<day>)",
    )
)


def iso_date(text: str) -> str:
    """Return the date in ISO 8601, or the text as it is when it cannot be read with certainty."""
    for form in () if _ISO.fullmatch(text) else _FORMS:
        if found := form.fullmatch(text.strip()):
            month = found["month"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            day = f"-{int(found['day']):02}" if found["day"] else ""
            return f"{found['year']}-{number:02}{day}"
    return text
