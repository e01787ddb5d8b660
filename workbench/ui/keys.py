"""The seller's own keys, and keys under a Chinese input method: full-width characters act as their plain forms."""

from __future__ import annotations

from unicodedata import east_asian_width

from workbench.config import Settings
from workbench.core.saying import Saying
from workbench.ui.commands import TOGETHER, declared

_PLAIN = {"\u3000": " ", "\u3001": "/", "\u3002": ".", "\u3010": "[", "\u3011": "]", "\u300a": "<", "\u300b": ">"}
_NAMES = {
    " ": "space", "?": "question_mark", "/": "slash", ":": "colon", "+": "plus", "@": "at", "[": "left_square_bracket",
    "]": "right_square_bracket", "<": "less_than_sign", ">": "greater_than_sign", "=": "equals_sign", "-": "minus",
}  # fmt: skip


def plain(character: str | None) -> tuple[str, str] | None:
    """(key, character) of the plain form of a full-width character; None where it has none."""
    if not character or len(character) != 1:
        return None
    found = _PLAIN.get(character)
    if found is None and "\uff01" <= character <= "\uff5e":
        found = chr(ord(character) - 0xFEE0)
    return (_NAMES.get(found, found), found) if found else None


def is_wide(character: str | None) -> bool:
    """Whether the character takes two cells, as one that an input method has made."""
    return bool(character) and len(character or "") == 1 and east_asian_width(character or "") in "WF"


def seller_keys(settings: Settings) -> tuple[dict[str, str], list[Saying]]:
    """The keymap of the settings for Textual, and what is wrong with it; a faulty line keeps its default keys."""
    bound = settings.keys.bind
    if not bound:
        return {}, []
    # Here, because hardly anybody has keys of his own and everybody has a first frame.
    from workbench.config.keymap import check_keymap

    problems = check_keymap(bound, declared(), TOGETHER)
    faulty = {problem.key for problem in problems}
    keymap = {
        id: ",".join(keys) for id, keys in bound.items() if not any(key.rstrip('"').endswith(id) for key in faulty)
    }
    return keymap, [problem.what for problem in problems]
