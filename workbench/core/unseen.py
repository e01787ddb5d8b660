"""Marks that nobody sees: zero width, direction, the mark of an encoding."""

_UNSEEN = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def seen(text: str) -> str:
    """The text without marks that nobody sees, trimmed."""
    return (text if text.isascii() else text.translate(_UNSEEN)).strip()
