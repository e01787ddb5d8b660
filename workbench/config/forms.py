"""The forms a single value of the settings can have: what is accepted, what it becomes, and how to say so.

A form reads a TOML value or raises `Wrong` with a sentence that names the nearest valid word. Its `expected`
finishes "it must be ..." and is what the generated documents say of the setting.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, TypeVar

from workbench.core.saying import Saying, say

T = TypeVar("T")

#: A key as the parts of its path; rows of a list are counted from 0.
Key = tuple[str | int, ...]
#: Takes down a problem of a key.
Note = Callable[[Key, Saying], None]

#: What `clean` gives back for a value that cannot be used.
BAD: Any = object()


class Wrong(Exception):
    """A value that a form does not accept."""

    def __init__(self, saying: Saying) -> None:
        super().__init__(saying.text)
        self.saying = saying


def shown(value: object, longest: int = 40) -> str:
    """A value of the seller's file in a sentence: short, and without characters that act on a terminal."""
    text = "[...]" if isinstance(value, list) else "{...}" if isinstance(value, dict) else str(value)
    text = text if len(text) <= longest else text[: longest - 1] + "~"
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like `word`, whatever its case, or None where none is near."""
    import difflib  # only a mistake needs it

    by_fold = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(word.casefold()[:80], list(by_fold), 1, 0.5)
    return by_fold[found[0]] if found else None


def unknown(word: str, names: Iterable[str]) -> Saying:
    """That `word` is none of `names`: with the nearest, else with all of them where they are few."""
    known = list(names)
    near = nearest(word, known)
    if near is not None:
        return say('"{word}" is not known here. Did you mean "{nearest}"?', word=shown(word), nearest=near)
    if len(known) <= 20:
        return say('"{word}" is not known here. Use one of: {names}.', word=shown(word), names=", ".join(known))
    return say('"{word}" is not known here. Mend it or leave it out.', word=shown(word))


class Form(Generic[T]):
    """What a value may be. Subclasses say so in `expected` and do it in `read`."""

    expected: Saying

    def read(self, value: Any) -> T:
        """The value as the program uses it; `Wrong` where it is not of this form."""
        raise NotImplementedError

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        """The value as it was written, without what is wrong in it; `BAD` where nothing is left of it."""
        try:
            self.read(value)
        except Wrong as wrong:
            note(at, wrong.saying)
            return BAD
        return value

    def refuse(self, value: object) -> Wrong:
        """The sentence for a value of another form."""
        return Wrong(say("{value} does not fit: it must be {expected}.", value=shown(value), expected=self.expected))


class DeclaredElsewhere(Form[T]):
    """A form that another module declares, imported when a value is read: a start reads the settings of few domains."""

    def __init__(self, module: str, name: str) -> None:
        self._home = module, name

    @cached_property
    def form(self) -> Form[T]:
        """The form as it is declared there."""
        module, name = self._home
        found: Form[T] = getattr(import_module(f"workbench.config.{module}"), name)
        return found

    @property
    def expected(self) -> Saying:  # type: ignore[override]
        """As it says there."""
        return self.form.expected

    def read(self, value: Any) -> T:
        return self.form.read(value)

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        return self.form.clean(value, at, note)


class Word(Form[str]):
    """One of a few fixed words."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.expected = say("one of {names}", names=", ".join(names))

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise self.refuse(value)
        if value not in self.names:
            raise Wrong(unknown(value, self.names))
        return value


class Number(Form[int]):
    """A whole number from `low` to `high`, both allowed."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high
        self.expected = say("a whole number from {low} to {high}, without quotes", low=low, high=high)

    def read(self, value: Any) -> int:
        if type(value) is not int or not self.low <= value <= self.high:
            raise self.refuse(value)
        return value


class Flag(Form[bool]):
    """Yes or no."""

    expected = say("true or false, without quotes")

    def read(self, value: Any) -> bool:
        if type(value) is not bool:
            raise self.refuse(value)
        return value


class Text(Form[str]):
    """A line of text without control characters; `pattern` narrows it."""

    def __init__(self, expected: Saying | None = None, pattern: str = r".{0,500}") -> None:
        self.expected = expected or say("a text in quotes, at most 500 characters on one line")
        self.pattern = pattern

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not value.isprintable() or not re.fullmatch(self.pattern, value):
            raise self.refuse(value)
        return value


#: The fixed name of something that is declared in the settings.
NAME = Text(say("a name of small letters, digits and _, at most 40"), r"[a-z0-9_]{1,40}")


class Texts(Form[dict[str, str]]):
    """A text in both languages, `{ en = "...", zh = "..." }`, or one string for both."""

    expected = say("a text in quotes, or one for each language (en and zh)")

    def read(self, value: Any) -> dict[str, str]:
        if isinstance(value, str):
            value = {"en": value, "zh": value}
        if not isinstance(value, dict) or not value or any(not self.fits(text) for text in value.values()):
            raise self.refuse(value)
        for language in value:
            if language not in ("en", "zh"):
                raise Wrong(unknown(language, ("en", "zh")))
        return dict(value)

    def fits(self, text: object) -> bool:
        """Whether one of the texts will do."""
        return isinstance(text, str) and text.isprintable() and bool(text.strip()) and len(text) <= 200


class ShortTexts(Texts):
    """Names for the heads of narrow columns."""

    expected = say("a short text for each language, at most 7 cells wide or 4 Chinese characters")

    def fits(self, text: object) -> bool:
        return super().fits(text) and isinstance(text, str) and (cells(text) <= 7 or len(text) <= 4)


def cells(text: str) -> int:
    """How many terminal cells `text` takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
