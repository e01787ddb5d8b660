"""Bring the Chinese catalogue up to date: extract every message, merge, compile. Run by `make catalogue`.

The compiled catalogue is committed, so that the program runs from a plain checkout; a test holds it to its source.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "workbench/locale/zh_CN/LC_MESSAGES/workbench.po"
KEYWORDS = {"_": None, "n_": (1, 2), "p_": ((1, "c"), 2), "say": None, "say_n": (1, 2), "mark": (1, 2)}
#: Babel writes dates into the header, by default the minute in which it compiles.
_ANY = datetime(2026, 1, 1, tzinfo=UTC)
#: Sentences that argparse itself takes from the catalogue.
_ARGPARSE = (
    "positional arguments", "options", "usage: ", "show this help message and exit",
    "show program's version number and exit", "the following arguments are required: %s",
    "unrecognized arguments: %s", "expected one argument", "expected at least one argument",
    "argument %(argument_name)s: %(message)s", "invalid choice: %(value)r (choose from %(choices)s)",
    "not allowed with argument %s",
)  # fmt: skip


def _within_f_strings() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """The messages that are called inside an f-string: up to Python 3.11 that is one token, in which none is found."""
    for path in sorted((ROOT / "workbench").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for string in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)):
            for call in (node for node in ast.walk(string) if isinstance(node, ast.Call)):
                if isinstance(call.func, ast.Name) and call.func.id in ("_", "say", "n_", "say_n"):
                    wanted = 1 if call.func.id in ("_", "say") else 2
                    texts = [each.value for each in call.args[:wanted] if isinstance(each, ast.Constant)]
                    if len(texts) == wanted:
                        found = texts[0] if wanted == 1 else (texts[0], texts[1])
                        yield str(path.relative_to(ROOT / "workbench")), found


def extracted() -> Catalog:
    """Every message of the program, with the files that use it (no line numbers: they would change daily)."""
    catalogue = Catalog(charset="utf-8", locale="zh_CN")
    for name, _line, message, comments, context in extract_from_dir(ROOT / "workbench", keywords=KEYWORDS):
        catalogue.add(message, None, [(f"workbench/{name}", 0)], auto_comments=comments, context=context)
    for name, message in _within_f_strings():
        catalogue.add(message, None, [(f"workbench/{name}", 0)])
    for message in _ARGPARSE:
        catalogue.add(message, None, [("argparse", 0)])
    return catalogue


def current() -> Catalog:
    """The catalogue as it is committed."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def compiled(catalogue: Catalog) -> bytes:
    """The binary form that gettext reads; the same catalogue gives the same bytes, whenever it is compiled."""
    catalogue.creation_date = catalogue.revision_date = _ANY
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main() -> int:
    """Update the files and say what is still untranslated."""
    catalogue = current() if CATALOGUE.exists() else Catalog(locale="zh_CN", charset="utf-8")
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for entry in catalogue:
        if entry.id and entry.fuzzy:  # its number of forms changed: it would silently be left out when compiling
            entry.flags.discard("fuzzy")
            entry.string = ("",) if entry.pluralizable else ""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=120, sort_output=True, no_location=False, include_lineno=False, omit_header=True)
    header = b'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    header += b'"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(header + buffer.getvalue().lstrip(b"\n"))
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(current()))
    missing = [message.id for message in current() if message.id and not _translated(message.string)]
    for message in missing:
        print(message if isinstance(message, str) else " | ".join(message))
    print(f"{len(missing)} untranslated of {len(current())}", file=sys.stderr)
    return 0


def _translated(text: object) -> bool:
    return all(text) if isinstance(text, tuple) else bool(text)


if __name__ == "__main__":
    sys.exit(main())
