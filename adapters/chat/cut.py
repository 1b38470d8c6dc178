"""Texts cut to what a platform takes. Lengths count UTF-16 units, as the platforms' clients do."""


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """Cut at a word and end with an ellipsis where `text` has more than `limit` units; never inside an escape."""
    if units(text) <= limit:
        return text
    kept, room = [], limit - 1
    for char in text:
        room -= 2 if char > "\uffff" else 1
        if room < 0:
            break
        kept.append(char)
    head = "".join(kept)
    at_word = head.rsplit(" ", 1)[0] if " " in head[len(head) // 2 :] else head
    bare = at_word.rstrip("\\ ,;:.-")
    return f"{bare}…"
