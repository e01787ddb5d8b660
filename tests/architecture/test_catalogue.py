"""Both languages are complete: every string a user sees is in the catalogue, translated, compiled, and in use."""

from __future__ import annotations

import ast
import re
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tools.catalogue import CATALOGUE, ROOT, compiled, current, extracted

SOURCES = sorted((ROOT / "workbench").rglob("*.py"))
#: Calls that show text to a person, by the name of the function or method.
SHOWS = {"out", "tell", "print", "notify", "set_message", "Static", "Label"}


def ids(catalogue):
    return {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue if message.id}


def test_catalogue_holds_exactly_what_the_program_says():
    assert ids(current()) == ids(extracted()), "run: make catalogue"


def test_chinese_has_the_punctuation_of_chinese():
    """After a character stands no half-width sign; but straight quotes and brackets."""
    forms = [form for m in current() for form in (m.string if isinstance(m.string, tuple) else (m.string,)) if m.id]
    assert not [form for form in forms if re.search(r"[\u4e00-\u9fff][:;,?!](\s|$|[\u4e00-\u9fff])", form)]


def test_every_message_is_translated_with_its_places():
    for message in current():
        if not message.id:
            continue
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), f"untranslated: {message.id}"
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        known = {name for source in sources for _, name, _, _ in string.Formatter().parse(source) if name}
        for form in forms:
            used = {name for _, name, _, _ in string.Formatter().parse(form) if name}
            assert used <= known, f"{message.id}: {used - known}"
            assert known - used <= {"n"}, f"{message.id} loses {known - used}"


def test_compiled_catalogue_is_current():
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled(current()), "run: make catalogue"


def test_no_sentence_is_shown_untranslated():
    """A literal with two words in it may not be handed to something that shows it."""
    assert [found for path in SOURCES for found in _untranslated(path)] == []


def _untranslated(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in SHOWS:
            continue
        for argument in node.args:
            for part in ast.walk(argument):
                if isinstance(part, ast.Call):
                    break
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    words = [word for word in part.value.split() if word.isalpha() and len(word) > 1]
                    if len(words) > 1:
                        yield f"{path.relative_to(ROOT)}:{node.lineno} shows {part.value!r} untranslated"


def test_own_strings_have_no_character_of_ambiguous_width():
    """A terminal set for Chinese draws such characters double. Data in quotes may have them, our words may not."""
    for message in current():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        for text in (*sources, *forms):
            wrong = [char for char in text or "" if unicodedata.east_asian_width(char) == "A"]
            assert not wrong, f"{text}: {wrong}"
