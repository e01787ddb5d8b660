"""The XML of a worksheet and of its shared strings, from a stream of text.

Written for speed and for bounded memory: 100,000 rows of 25 columns are 2.5 million cells, for which an event parser
calls back ten million times, and a reader that fills a grid asks for all memory where one cell lies far off. Tokens
are taken with one expression instead, whose every part ends at the next tag, so that no input makes it slow. What
exports get wrong is read: a row element for each cell, cells and rows without a reference, any namespace prefix, a
dimension that is not true. A document type is refused.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from workbench.core.saying import say
from workbench.intake.limits import LAST_ROW, MAX_COLUMNS, MAX_LINE, damaged, too_many_columns, too_many_rows
from workbench.intake.model import RefusedFile

#: A cell: column (from 0), attributes behind the reference, and its text with entities as they stand.
Cell = tuple[int, str, str]
#: Rows and columns (from 1 and 0) of cells that were made one: first row, first column, last row, last column.
Range = tuple[int, int, int, int]
#: The text of a formula that no program has reckoned yet; blank where nobody asks for it.
UNRECKONED = "\x1c"
_Token = tuple[str, str, str, str, str, str]

_MARKUP = re.compile(r"<[!?]")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_ROW_NUMBER = re.compile(r"""\br\s*=\s*["'](\d{1,9})["']""", re.ASCII)
_REFERENCE = re.compile(r"""(?:^|\s)r\s*=\s*["']([A-Za-z]+)(\d+)["']""", re.ASCII)
_TEXT = re.compile(r"<(?:[\w.-]+:)?[vt](?:\s[^<>]*+)?(?<!/)>([^<]*+)<")
_PHONETIC = re.compile(r"<(?:[\w.-]+:)?rPh\b[^<]*+(?:<(?!/?(?:[\w.-]+:)?rPh\b)[^<]*+)*+</(?:[\w.-]+:)?rPh\s*>")
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,8}));", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9a-fA-F]{4})_")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_LONGEST_ROW_NUMBER = 7
_FORMULA = re.compile(r"<(?:[\w.-]+:)?f\b")
_TYPED = re.compile(r"""(?:^|\s)t\s*=\s*["'](?!n["'])""")
_MERGED = re.compile(
    r"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)["']""", re.ASCII
)
#: The longest `mergeCell` that a program writes, and so many are looked at.
_MERGE, _MOST_MERGED = 80, 10_000
_FEW = 1000
_MOST_COLUMNS = 20_000


def rows(
    chunks: Iterable[str], unused: set[str], merged: list[Range] | None = None
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a worksheet in order: the number a spreadsheet shows, and the cells that hold something.

    The cells of the columns in `unused` (letters) are passed over; the set may be filled after a header has been
    seen. `merged` is given the ranges of merged cells, which stand behind the rows. Raises `RefusedFile` beyond the
    limits of rows and columns, and where the sheet breaks off.
    """
    columns = _Columns()
    number, column, cells = 0, -1, list[Cell]()
    current: str | None = None
    element = ""
    nameless = set[str]()
    for tokens in _tokens(chunks, unused, merged):
        for opened, letters, row, rest, simple, content in tokens:
            if simple and row == current:  # as nearly every cell
                column = columns[letters]
                if column >= MAX_COLUMNS:
                    raise too_many_columns()
                cells.append((column, rest, simple))
                element = ""
                continue
            if opened:
                element = opened
                continue
            if row != current or not row:
                if not row and (element or rest not in nameless):
                    letters, row = _reference(rest, element, number, nameless)  # noqa: PLW2901
                if row and row != current:
                    following = _row_number(row, number)
                    if following != number:
                        if cells:
                            yield _within(number), cells
                        column, cells = -1, []
                    number, current = following, row
            element = ""
            column = columns[letters] if letters else column + 1
            if simple:
                cells.append((column, rest, simple))
            elif content and (text := _joined(content)):
                cells.append((column, rest, text))
            elif content and _FORMULA.search(content) and not _TYPED.search(rest):
                cells.append((column, rest, UNRECKONED))
            else:
                continue
            if column >= MAX_COLUMNS:
                raise too_many_columns()
    if cells:
        yield _within(number), cells


def strings(chunks: Iterable[str]) -> Iterator[str]:
    """The shared strings in order."""
    prefix, pieces = _inside("sst", "sst", "si", chunks)
    entry = re.compile(
        rf"<{prefix}si(?:\s[^<>/]*+)?(?:/>|>([^<]*+(?:<(?!/?{prefix}si\b)[^<]*+)*+)</{prefix}si\s*>)", re.ASCII
    )
    for piece in pieces:
        for content in entry.findall(piece):
            yield unescaped(_joined(content))


def is_plain(text: str) -> bool:
    """Whether `unescaped` gives the text as it is."""
    return "&" not in text and "_x" not in text and "\r" not in text


def unescaped(text: str) -> str:
    """The text with its entities, its escaped characters and its line ends resolved."""
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: _of_code(int(match[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    return text


def _joined(content: str) -> str:
    """The text in a cell or a shared string: a value, or runs of text without phonetic hints."""
    if "rPh" in content:
        content = _PHONETIC.sub("", content)
    return "".join(_TEXT.findall(content)) if content else ""


class _Columns(dict[str, int]):
    """Column letters as a number from 0; far ones are all the same, beyond the limit."""

    def __missing__(self, letters: str) -> int:
        index = 0
        for letter in letters.upper()[:4]:
            index = index * 26 + ord(letter) - 64
        if len(self) < _MOST_COLUMNS:
            self[letters] = index - 1
        return index - 1


def _reference(rest: str, element: str, number: int, nameless: set[str]) -> tuple[str, str]:
    """Column and row of a cell whose reference is not its first attribute; "" where it goes on from the one before.

    `element` is the row element that opens before the cell, `number` the row so far; `nameless` remembers attributes
    without a reference, of which a sheet has few different ones.
    """
    found = _REFERENCE.search(rest) if rest not in nameless else None
    if found is not None:
        return found[1], found[2]
    if len(nameless) < _FEW:
        nameless.add(rest)
    if not element:
        return "", ""
    stated = _ROW_NUMBER.search(element)
    return "", stated[1] if stated else str(number + 1)


def _within(number: int) -> int:
    """The number of a row that holds something: a format alone may reach to the end of the sheet."""
    if number > LAST_ROW:
        raise too_many_rows()
    return number


def _row_number(digits: str, number: int) -> int:
    row = int(digits) if len(digits) <= _LONGEST_ROW_NUMBER else 10**_LONGEST_ROW_NUMBER
    if row < number:
        raise damaged(say("row {row} stands below row {other}.", row=row, other=number))
    return row


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED.get(match[3], match[0])
    return _of_code(int(match[1], 16) if match[1] else int(match[2]))


def _of_code(code: int) -> str:
    """The character of a code; NUL, half a surrogate pair and codes there are not become the replacement character."""
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _tokens(chunks: Iterable[str], unused: set[str], merged: list[Range] | None) -> Iterator[list[_Token]]:
    """A row element as (element, "", ...), a cell as ("", letters, digits, other attributes, text, content).

    `text` is what a cell holds in the usual way, `content` stands for everything else.
    """
    prefix, pieces = _inside("worksheet", "sheetData", "row", chunks, merged)
    known, token = len(unused), _token(prefix, unused)
    for piece in pieces:
        if len(unused) != known:
            known, token = len(unused), _token(prefix, unused)
        yield token.findall(piece)


def _token(prefix: str, unused: set[str]) -> re.Pattern[str]:
    # Passed over: columns that nobody wants, and empty cells that are surely within the limits. The next cell must say
    # where it stands, or it would count from a cell that nobody saw.
    last = defaultdict[str, str](str)  # by the letters before it; one look at a set is faster than one at each letter
    for letters in sorted(unused):
        last[letters[:-1]] += letters[-1]
    columns = "".join(f"{before}[{ends}][0-9]|" for before, ends in last.items())
    passed = rf'(?! r="(?:{columns}[A-J]?[A-Z][0-9]{{1,6}}+"[^<>/]*+/><{prefix}c r="))'
    named = r"""(?: r="([A-Z]++)(\d++)")?([^<>/]*+(?:/(?!>)[^<>/]*+)*+)"""
    begin, end = rf'(?:is><{prefix}t(?: xml:space="preserve")?+|v)', rf"(?:</{prefix}is>)?+</{prefix}c>"
    usual = rf"><{prefix}{begin}(?: ?/|>([^<]*+)</{prefix}(?:t|v))>{end}"
    other = rf">([^<]*+(?:<(?!/?{prefix}c\b)[^<]*+)*+)</{prefix}c\s*>"
    return re.compile(rf"<{prefix}(?:(row\b[^<>]*+)>|c\b{passed}{named}(?:/>|{usual}|{other}))", re.ASCII)


def _inside(
    root: str, container: str, item: str, chunks: Iterable[str], merged: list[Range] | None = None
) -> tuple[str, Iterator[str]]:
    """The namespace prefix (with its colon), and what stands in the container, cut where an item begins. What is behind
    it is looked through for merged cells."""
    opening = re.compile(rf"<(?:([\w.-]+):)?{root}\b")
    stream = _plain(chunks)
    head = ""
    while (match := opening.search(head)) is None:
        if len(head) > MAX_LINE or not (following := next(stream, "")):
            raise damaged(say("it holds no sheet."))
        head += following
    prefix = f"{match[1]}:" if match[1] else ""
    return re.escape(prefix), _pieces(head[match.start() :], stream, prefix + container, prefix + item, merged)


def _pieces(held: str, stream: Iterator[str], container: str, item: str, merged: list[Range] | None) -> Iterator[str]:
    opening = re.compile(rf"<{re.escape(container)}\b[^<>]*>")
    while (match := opening.search(held)) is None:
        held = _longer(held, stream)
    if not match[0].endswith("/>"):
        held = held[match.end() :]
        while (end := held.find(f"</{container}")) < 0:
            if (cut := held.rfind(f"<{item}")) > 0:
                yield held[:cut]
                held = held[cut:]
            held = _longer(held, stream)
        yield held[:end]
        held = held[end:]
    # To the end, where the archive compares its checksum.
    for text in chain((held,), stream):
        if merged is not None and len(merged) < _MOST_MERGED:
            held = held[-_MERGE:] + text
            merged += map(_range, _MERGED.findall(held))


def _range(found: tuple[str, str, str, str]) -> Range:
    columns, (_, first, _, last) = _Columns(), found
    return int(first[:_LONGEST_ROW_NUMBER]), columns[found[0]], int(last[:_LONGEST_ROW_NUMBER]), columns[found[2]]


def _longer(held: str, stream: Iterator[str]) -> str:
    following = next(stream, None)
    if following is None or len(held) > MAX_LINE:
        raise damaged(say("the sheet breaks off."))
    return held + following


def _plain(chunks: Iterable[str]) -> Iterator[str]:
    """The text without comments and instructions, CDATA escaped. Raises `RefusedFile` for a document type."""
    held = ""
    for chunk in chunks:
        text, held = held + chunk, ""
        if len(text) > MAX_LINE:
            raise damaged(say("the sheet breaks off."))
        # One character is looked for many times faster than two, and hardly a sheet has either.
        if ("!" in text and "<!" in text) or ("?" in text and "<?" in text):
            text, held = _without_markup(text)
        elif text.endswith("<"):
            text, held = text[:-1], "<"
        if text:
            yield text
    if held:
        raise damaged(say("the sheet breaks off."))


def _without_markup(text: str) -> tuple[str, str]:
    """The text up to the first markup that is not complete, and the rest."""
    parts, done = list[str](), 0
    while (match := _MARKUP.search(text, done)) is not None:
        start = match.start()
        parts.append(text[done:start])
        opening = next((opening for opening in _ENDS if text.startswith(opening, start)), None)
        if opening is None and len(text) - start >= len("<![CDATA["):
            raise RefusedFile(say("The workbook holds a document type, which no export has. Export it again."))
        end = text.find(_ENDS[opening], start + len(opening)) if opening else -1
        if opening is None or end < 0:
            return "".join(parts), text[start:]
        if opening == "<![CDATA[":
            content = text[start + len(opening) : end]
            parts.append(content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        done = end + len(_ENDS[opening])
    parts.append(text[done:])
    return "".join(parts), ""
