"""On which line of a TOML text each key stands, which the parser does not say.

A light scan over the tokens of a text that is known to be valid TOML; only made when a line is asked for.
"""

import re
import tomllib

from workbench.config.forms import Key

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|\n|[\[\]{}=,]|[^\s\[\]{}=,#"\']+',
    re.DOTALL,
)

#: Settings are six names deep at most; a key of ten thousand parts must not cost their square.
_DEEPEST = 12


def lines_of(text: str) -> dict[Key, int]:
    """The line (from 1) of every key and every list element in `text`; lists are counted from 0."""
    return _Scan(text).lines


def line_of(lines: dict[Key, int], key: Key) -> int | None:
    """The line of `key`, else of the nearest table around it; None where nothing of it stands in the text."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key)


class _Scan:
    """One pass over the tokens; `lines` is its result."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Key, int] = {}
        self.tokens: list[tuple[str, int]] = []
        line, end = 1, 0
        for match in _TOKEN.finditer(text):
            line += text.count("\n", end, match.start())
            if not match[0].startswith("#"):
                self.tokens.append((match[0], line))
            line, end = line + match[0].count("\n"), match.end()
        self.tokens.append(("", line))
        self.at = 0
        self._document()

    def _document(self) -> None:
        table: Key = ()
        rows: dict[Key, int] = {}
        while token := self._peek():
            if token == "\n":
                self.at += 1
            elif token == "[":
                table = self._header(rows)
            else:
                self._pair(table)

    def _header(self, rows: dict[Key, int]) -> Key:
        line = self.tokens[self.at][1]
        self.at += 1
        many = self._peek() == "["
        self.at += many
        names = self._names("]")
        self.at += 1 + many
        path: Key = ()
        for n, name in enumerate(names, 1):
            path = (*path, name)
            self.lines.setdefault(path, line)
            if many and n == len(names):
                rows[path] = rows.get(path, -1) + 1
            if path in rows:
                path = (*path, rows[path])
                self.lines.setdefault(path, line)
        return path

    def _pair(self, table: Key) -> None:
        line = self.tokens[self.at][1]
        path = table
        for name in self._names("="):
            path = (*path, name)
            self.lines.setdefault(path, line)
        self.at += 1
        self._value(path)

    def _value(self, path: Key) -> None:
        opening = self._peek()
        if opening not in ("[", "{"):
            while self._peek() not in ("\n", ",", "]", "}", ""):
                self.at += 1
            return
        self.at += 1
        n = 0
        while (token := self._peek()) not in ("]", "}", ""):
            if token in ("\n", ","):
                n += token == ","
                self.at += 1
            elif opening == "{":
                self._pair(path)
            else:
                self.lines[(*path, n)] = self.tokens[self.at][1]
                self._value((*path, n))
        self.at += 1

    def _names(self, until: str) -> list[str]:
        """The parts of a dotted key, up to the token `until`."""
        names: list[str] = []
        while (token := self._peek()) not in (until, "\n", ""):
            self.at += 1
            if token[0] == "'":
                names.append(token[1:-1])
            elif token[0] == '"':
                names.append(token[1:-1] if "\\" not in token else tomllib.loads(f"x={token}")["x"])
            else:
                names += [part for part in token.split(".") if part]
        return names[:_DEEPEST]

    def _peek(self) -> str:
        return self.tokens[min(self.at, len(self.tokens) - 1)][0]
