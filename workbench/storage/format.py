"""The bytes of a data file and the tables they hold.

A file is the JSON that TinyDB reads and writes, tables of records by id, with one record a line and a last table
`seal` that holds the CRC-32 of everything before it. Records stay JSON (`msgspec.Raw`) until somebody needs one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from workbench.core.saying import Refusal, Saying, say

Raw = msgspec.Raw
Tables = dict[str, dict[int, Raw]]

SEAL = "seal"
_SEAL_HEAD = b',\n"seal": {'
_decoder: msgspec.json.Decoder[Tables] = msgspec.json.Decoder(Tables)
_encoder = msgspec.json.Encoder()


class Unreadable(Exception):
    """The bytes are not tables of records; `what` says so, to follow the name of the file."""

    def __init__(self, what: Saying) -> None:
        super().__init__(what.text)
        self.what = what


def to_json(value: Any) -> Raw:
    """A value as one line of JSON; a text that has no UTF-8 form (half of a surrogate pair) is refused."""
    try:
        return Raw(_encoder.encode(value))
    except UnicodeEncodeError as error:
        raise Refusal(
            say(
                "Nothing was saved: a text holds half of a character ({code}). Take it out or type it again.",
                code=f"U+{ord(error.object[error.start]):04X}",
            )
        ) from error


def encode(tables: Mapping[str, Mapping[int, Raw]]) -> list[bytes]:
    """The file as one chunk a table and one for the seal; at least one table."""
    chunks = []
    crc = 0
    lead = b"{"
    for name, records in tables.items():
        pieces: list[bytes | Raw] = [lead, _encoder.encode(name), b": {"]
        head = b'\n"%d": '
        for number, record in records.items():
            pieces.append(head % number)
            pieces.append(record)
            head = b',\n"%d": '
        pieces.append(b"\n}")
        chunk = b"".join(pieces)
        crc = zlib.crc32(chunk, crc)
        chunks.append(chunk)
        lead = b",\n"
    chunks.append(_SEAL_HEAD + b'\n"1": {"crc32": %d}\n}}\n' % crc)
    return chunks


def decode(data: bytes) -> tuple[Tables, bool]:
    """The tables of a file without its seal, and whether the seal holds. `Unreadable` if it is none of ours.

    Where the seal does not hold, somebody else wrote the file: then every record is looked at, not only the frame.
    """
    try:
        tables = _decoder.decode(data)
        sealed = _holds(data, tables.pop(SEAL, {}))
        if not sealed:
            _refuse_doubled(data)
            tables = {name: {i: examined(r) for i, r in records.items()} for name, records in tables.items()}
    except msgspec.ValidationError as error:
        raise Unreadable(say("is not a data file of workbench")) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        lenient = None if data.startswith(b"\xef\xbb\xbf") else _lenient(data)
        if lenient is None:
            raise Unreadable(_slip(data, str(error))) from error
        return decode(lenient)
    return tables, sealed


def _lenient(data: bytes) -> bytes | None:
    """The same without what Python's own writer leaves and JSON does not know: `NaN` and `Infinity` in quotes, half a
    character (a lone surrogate) spelled out. So at most the record that holds one is left out, and not the whole file.
    None where something else is wrong with it."""
    import json  # nobody else needs it

    try:
        _refuse_doubled(data)
        text = data.decode("utf-8", "surrogatepass")
        plain = json.dumps(json.loads(text, parse_constant=str), ensure_ascii=False)
    except (ValueError, RecursionError):
        return None
    found = re.sub("[\ud800-\udfff]", lambda half: f"\\\\u{ord(half[0]):04x}", plain).encode()
    return None if found == data else found


def _slip(data: bytes, error: str) -> Saying:
    """What is wrong with bytes that are no JSON: a slip of a hand by its line, else damage."""
    if not data.strip(b"\0 \t\r\n"):
        return say("is empty")
    if data.startswith(b"\xef\xbb\xbf"):
        return say("begins with a byte order mark, in line 1: save it as UTF-8 without one")
    found = re.search(r"\(byte (\d+)\)", error)
    at = min(int(found[1]), len(data) - 1) if found else 0
    line, here, before = data.count(b"\n", 0, at) + 1, data[at : at + 2], data[:at].rstrip()[-1:]
    if here[:1] in (b"}", b"]") and before == b",":
        line -= data[:at].count(b"\n") - data[:at].rstrip().count(b"\n")
        return say("has a comma too many at the end of line {line}", line=line)
    if here[:1] == b"#" or here in (b"//", b"/*"):
        return say("has a comment in line {line}, and JSON knows none", line=line)
    return say("is cut off or damaged")


def _refuse_doubled(data: bytes) -> None:
    """Somebody else wrote the file: of two things of one name neither may win in silence."""
    import json  # nobody else needs it

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            raise Unreadable(say('has "{name}" twice in one place', name=max(names, key=names.count)))
        return found

    json.loads(data, object_pairs_hook=once)


def _holds(data: bytes, seal: dict[int, Raw]) -> bool:
    end = data.rfind(_SEAL_HEAD)
    return end >= 0 and 1 in seal and seal[1] == Raw(b'{"crc32": %d}' % zlib.crc32(memoryview(data)[:end]))


def examined(record: Raw) -> Raw:
    """A record that was looked at in whole, on one line; `msgspec.DecodeError` and its like if it is no object."""
    try:
        msgspec.json.decode(record, type=dict[str, Any])
    except msgspec.ValidationError:
        import json  # nobody else needs it

        # A number that is too large for a float is JSON all the same: whoever knows the record leaves it out.
        if not isinstance(json.loads(bytes(record)), dict):
            raise
    return Raw(msgspec.json.format(record, indent=-1)) if b"\n" in bytes(record) else record
