"""HTML that stands where text should: read as the text that a browser would show, or refused.

Text that holds no tag and no entity stays as it is: `5 < 6`, `AT&T`.
"""

import re
from html.parser import HTMLParser

_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z]\w*);")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z]\w*);)")
_INLINE = frozenset(
    "a abbr acronym b bdi big cite code dfn em font i mark q small span strong sub time tt u wbr".split()
)
_BLOCK = frozenset(
    "article blockquote br center dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section ul".split()
)


def is_html(text: str) -> bool:
    """Whether there is a tag, a comment or an entity in it."""
    return _HTML.search(text) is not None


def text_of_html(html: str) -> str:
    """Return the text: blocks parted by blanks, a raised `6` as `^6` (10 to the 6th is not 106).

    Raises `ValueError` for what is not only text (a script, a picture, struck-out words).
    """
    reader = _Reader()
    try:
        reader.feed(_BARE_AMPERSAND.sub("&amp;", html))
        reader.close()
    except AssertionError as problem:  # so the parser says that a marked section is none: `<![<`
        raise ValueError("holds HTML that is not only text: <![") from problem
    return "".join(reader.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "sup":
            self.parts.append("^")
        elif tag in _BLOCK:
            self.parts.append(" ")
        elif tag not in _INLINE or any(value is None for _, value in attrs):
            raise ValueError(f"holds HTML that is not only text: {self.get_starttag_text()}")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCK:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def unknown_decl(self, data: str) -> None:
        raise ValueError(f"holds HTML that is not only text: <![{data}]>")
