"""Numbers as a person would write them."""

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen"
    " nineteen twenty"
).split()
_TENS_WORDS = {30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}


def written(value: float) -> str:
    """Write a number as a person would: `nine`, `1,200`, `1.5 billion`."""
    if 0 <= value < 100 and value == int(value):
        small = int(value)
        return _WORDS[small] if small < len(_WORDS) else _TENS_WORDS.get(small, str(small))
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size and value / size < 1e5:
            return f"{value / size:.6g} {name}"
    return f"{value:,.10g}"
