"""The two languages: the catalogue, the current language, and the functions that turn message ids into words.

English is the message ids themselves; `locale/zh_CN/LC_MESSAGES/workbench.mo` is Chinese. Any module may import this
one; the core uses only `Saying`, which `render` turns into words. `use` may be called again while running.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.saying import Saying

if TYPE_CHECKING:
    import gettext

LANGUAGES = ("en", "zh")
#: What each calls itself.
NAMES = {"en": "English", "zh": "简体中文"}
_CHINESE = Path(__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES" / "workbench.mo"

_current = "en"
#: None for English, which needs none.
_catalogue: gettext.GNUTranslations | None = None


def use(language: str) -> None:
    """Speak `language` (`en` or `zh`) from now on."""
    global _current, _catalogue
    _current = language
    if language == "en":
        _catalogue = None
    else:
        import gettext

        with _CHINESE.open("rb") as file:  # looked for by gettext it would take the rules of all locales
            _catalogue = gettext.GNUTranslations(file)


def language() -> str:
    """The language in force: `en` or `zh`."""
    return _current


def guess() -> str:
    """The language of the environment, by the usual variables in their usual order."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _(text: str) -> str:
    """The message `text` in the current language."""
    return text if _catalogue is None or not text else _catalogue.gettext(text)


def p_(context: str, text: str) -> str:
    """The message `text` where it means what `context` says: one English word may be two Chinese ones."""
    return text if _catalogue is None else _catalogue.pgettext(context, text)


def n_(one: str, many: str, n: int) -> str:
    """The message in the form that the number `n` wants."""
    if _catalogue is None:
        return one if n == 1 else many
    return _catalogue.ngettext(one, many, n)


def render(saying: Saying) -> str:
    """A saying in words; sayings and texts among its values are spoken, too."""
    text = n_(saying.text, saying.many, saying.n) if saying.n is not None else _(saying.text)
    if not saying.args:  # a name, of which a table says thousands
        return text
    return text.format_map({name: _value(value) for name, value in saying.args.items()})


def _value(value: object) -> object:
    """What stands in the place of a value: a saying in words, of texts in several languages the one that is spoken."""
    if isinstance(value, Saying):
        return render(value)
    return pick(value) if isinstance(value, dict) else value


def pick(texts: dict[str, str]) -> str:
    """The text of the current language out of `{"en": ..., "zh": ...}`; English where there is none."""
    return texts.get(_current) or texts.get("en") or next(iter(texts.values()), "")
