"""Files that were damaged or made to harm: always a refusal or refused rows, never another error, never much memory."""

from __future__ import annotations

import random
import subprocess
import sys
import time
import zipfile

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.builders import (
    NOW,
    ORDERS,
    RETURNS,
    SAMPLES,
    US,
    csv_file,
    csv_text,
    ordered,
    plain_rows,
    reading,
    records,
    refusal,
    returned,
    sheet,
    strings,
    xlsx_file,
)
from workbench.intake import RefusedFile, read, recognise

SHEET = "xl/worksheets/sheet1.xml"
GOOD = plain_rows(records(RETURNS, [returned()]))
NAMES = ["returns_us.csv", "orders_us.csv", "returns_th.xlsx", "orders_vn.xlsx"]


def survives(path):
    """Read whatever it is; the reading can be told as JSON."""
    recognise(path)
    try:
        answer = read(path, rules=US, now=NOW)
    except RefusedFile:
        return None
    msgspec.json.encode(answer)
    assert len(answer.refused) + sum(len(seen.lines) for seen in answer.sightings) <= answer.rows
    return answer


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_anywhere(tmp_path, name):
    content = (SAMPLES / name).read_bytes()
    path = tmp_path / name
    for end in random.Random(name).sample(range(len(content)), 40):
        path.write_bytes(content[:end])
        answer = survives(path)
        if name.endswith("xlsx"):
            assert answer is None
        elif answer is not None:
            whole = {seen.external_id for seen in reading(SAMPLES / name).sightings}
            *known, last = [seen.external_id for seen in answer.sightings] or [""]
            assert set(known) <= whole
            assert any(id.startswith(last) for id in whole)


@pytest.mark.parametrize("name", NAMES)
def test_bytes_changed_anywhere(tmp_path, name):
    content = (SAMPLES / name).read_bytes()
    path = tmp_path / name
    chance = random.Random(name)
    for _ in range(20):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 5, 200])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        survives(path)


@pytest.mark.parametrize("name", ["returns_us.csv", "orders_us.csv"])
def test_columns_that_have_changed_places_under_the_header(tmp_path, name):
    header, *rows = [line.split(",") for line in (SAMPLES / name).read_text("utf-8-sig").splitlines()]
    for seed in range(20):
        chance = random.Random(seed)
        order = chance.sample(range(len(header)), len(header))
        mixed = [[row[at] for at in order if at < len(row)] for row in rows]
        survives(csv_file(tmp_path, mixed, header))


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "--", "To process", "Cancel", "13/11/2026 10:00:00", "11/13/2026 10:00:00 PM", "4035", "1E+17"]
    ),
    st.integers().map(str),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([RETURNS, ORDERS]), st.lists(st.dictionaries(st.sampled_from(RETURNS + ORDERS), CELLS), max_size=6)
)
def test_any_cells_at_all(tmp_path, header, changes):
    base = returned() if header is RETURNS else ordered()
    path = tmp_path / "export.csv"
    rows = [base | change for change in changes]
    path.write_bytes(csv_text(header, rows).encode("utf-8", "surrogatepass"))
    survives(path)
    table = [[text.encode("utf-8", "replace").decode() for text in row] for row in records(header, rows)]
    survives(xlsx_file(tmp_path, sheet(plain_rows(table))))


TOKENS = [
    "<row>", "</row>", '<c r="B2">', '<c r="A1" t="s">', "</c>", "<v>", "</v>", "1", "<is><t>", "</t></is>", "Order ID",
    "<!--", "-->", "<![CDATA[", "]]>", "&", "<", ">", "</sheetData>", "\n",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(TOKENS), max_size=40))
def test_any_xml_at_all(tmp_path, tokens):
    survives(xlsx_file(tmp_path, {SHEET: sheet(GOOD + "".join(tokens)), "xl/sharedStrings.xml": strings(["a"])}))


@pytest.mark.parametrize(
    "cell",
    ['<c r="ZZZ1048576"><v>1</v></c>', '<c r="XFD1048576"><v>1</v></c>', '<c r="KO3"><v>1</v></c>',
     '<c s="1" r="KO3"><v>1</v></c>', '<c r="A1048576"><v>1</v></c>', '<c r="A99999999999999999999"><v>1</v></c>',
     '<c r="AAAAA3"><v>1</v></c>', '<row r="9999999"><c><v>1</v></c></row>',
     "<row>" + "<c/>" * 300 + "<c><v>1</v></c></row>"],
)  # fmt: skip
def test_far_cells(tmp_path, cell):
    rows = GOOD + (cell if cell.startswith("<row") else f"<row>{cell}</row>")
    assert "more than" in refusal(xlsx_file(tmp_path, sheet(rows)))
    assert reading(xlsx_file(tmp_path, sheet(rows.replace("<v>1</v>", "")))).rows == 1  # a format alone is no content


def test_the_widest_file_is_300_columns(tmp_path):
    header = RETURNS + [f"column {n}" for n in range(300 - len(RETURNS))]
    assert reading(csv_file(tmp_path, [returned()], header)).rows == 1
    assert reading(xlsx_file(tmp_path, sheet(plain_rows(records(header, [returned()]))))).rows == 1
    assert "more than 300 columns" in refusal(csv_file(tmp_path, [returned()], [*header, "one more"]))
    wide = xlsx_file(tmp_path, sheet(plain_rows(records([*header, "one more"], [returned()]))))
    assert "more than 300 columns" in refusal(wide)


@pytest.mark.parametrize("columns", [400_000, 3_000_000])
def test_endless_columns(tmp_path, columns):
    path = tmp_path / "wide.csv"
    path.write_bytes(b"Order ID," * columns)
    refusal(path)


def test_rows_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.intake.reading.MAX_ROWS", 5)
    rows = [returned(Return_Order_ID=f"40358{n}") for n in range(6)]
    assert reading(csv_file(tmp_path, rows[:5])).rows == 5
    assert "more than" in refusal(csv_file(tmp_path, rows))
    assert "more than" in refusal(xlsx_file(tmp_path, sheet(plain_rows(records(RETURNS, rows)))))


@pytest.mark.parametrize(
    "xml",
    ["<!DOCTYPE worksheet [<!ENTITY a 'b'>]>", "<!ENTITY a SYSTEM 'file:///etc/passwd'>", "<!doctype x>"],
)
def test_document_types_and_entities_are_refused(tmp_path, xml):
    whole = sheet(GOOD).replace("?>\n", f"?>\n{xml}\n")
    assert "document type" in refusal(xlsx_file(tmp_path, whole))


@pytest.mark.parametrize(
    "inside",
    ["<c ", "<c>", "<row ", "<c><v>", "<c><is>", "<c r='A1'", "<!--", "<![CDATA[", "<rPh>", "<c/", "<v>" * 3 + "<c>",
     "<c><rPh><t>", "<c r=\"A9\" r=", " " * 9, "&#", "_x"],
)  # fmt: skip
def test_no_xml_takes_long(tmp_path, inside):
    path = xlsx_file(tmp_path, sheet(GOOD + "<row>" + inside * (1_000_000 // len(inside)) + "</row>"))
    begin = time.process_time()
    survives(path)
    text = strings(["a"]).replace("</sst>", ("<si>" + inside) * (1_000_000 // (4 + len(inside))) + "</sst>")
    survives(xlsx_file(tmp_path, {SHEET: sheet(GOOD), "xl/sharedStrings.xml": text}))
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    ("old", "new"),
    [("</sheetData>", ""), ("</sheetData></worksheet>", "<row>"), ("<worksheet", "<html"), ("<sheetData>", "<data>")],
)
def test_sheets_that_break_off(tmp_path, old, new):
    assert "damaged" in refusal(xlsx_file(tmp_path, sheet(GOOD).replace(old, new)))


def patched(path, name, offset, value):
    """Change a field of an entry, in its own header and in the directory (whose fields stand 2 bytes further)."""
    content = bytearray(path.read_bytes())
    for signature, shift, name_at in ((b"PK\x03\x04", 0, 30), (b"PK\x01\x02", 2, 46)):
        at = content.find(signature)
        while content[at + name_at : at + name_at + len(name)] != name.encode():
            at = content.find(signature, at + 1)
        content[at + offset + shift : at + offset + shift + len(value)] = value
    path.write_bytes(content)
    return path


def test_entries_that_lie_about_themselves(tmp_path):
    whole = sheet(GOOD)
    assert "password" in refusal(patched(xlsx_file(tmp_path, whole), SHEET, 6, b"\1\0"))
    assert "damaged" in refusal(patched(xlsx_file(tmp_path, whole), SHEET, 8, b"\x0e\0"))  # LZMA
    assert "damaged" in refusal(patched(xlsx_file(tmp_path, whole), SHEET, 14, b"\1\2\3\4"))  # checksum
    assert "damaged" in refusal(patched(xlsx_file(tmp_path, whole), SHEET, 22, b"\x40\0\0\0"))  # size
    assert "MB" in refusal(patched(xlsx_file(tmp_path, whole), SHEET, 22, b"\xff\xff\xff\x7f"))


def test_compression_that_asks_for_memory_is_refused(tmp_path):
    path = tmp_path / "lzma.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(SHEET, sheet(GOOD))
    assert "damaged" in refusal(path)


def test_an_archive_with_endless_entries(tmp_path):
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(SHEET, sheet(GOOD))
        for number in range(9_000):
            archive.writestr(f"{number:0200}", "")
    assert "too many entries" in refusal(path)


def test_a_damaged_part_that_nobody_asked_for_is_noticed(tmp_path):
    path = xlsx_file(tmp_path, {SHEET: sheet(GOOD), "xl/sharedStrings.xml": strings(["a", "b"])})
    assert "damaged" in refusal(patched(path, "xl/sharedStrings.xml", 14, b"\1\2\3\4"))


def streamed(path, name, head, unit, times, tail):
    """A small archive whose part `name` unpacks to much."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        if name != SHEET:
            archive.writestr(SHEET, sheet(GOOD))
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(head.encode())
            block = (unit * 1000).encode()
            for _ in range(times // 1000):
                part.write(block)
            part.write(tail.encode())


CHILD = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000))
sys.setrecursionlimit(500)
from tests.intake.builders import refusal

def peak():
    try:
        return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0

refusal(Path(sys.argv[1]))
before = peak()
for path in sys.argv[2:]:
    print(refusal(Path(path)))
    if path.endswith("xlsx"):
        assert peak() - before < 15_000, f"{path} took {peak() - before} kB"
"""


def test_bombs_need_little_memory(tmp_path):
    head, tail = sheet(GOOD + "|").split("|")
    blank, full = '<row r="3"><c r="A3"/></row>', "<row><c><v>1</v></c></row>"
    streamed(tmp_path / "blanks.xlsx", SHEET, head, " " * 100, 2_100_000, tail)
    streamed(tmp_path / "rows.xlsx", SHEET, head, blank, 300_000, tail.replace("</sheetData>", "<v>"))
    streamed(tmp_path / "full.xlsx", SHEET, head, full, 1_010_000, tail)
    streamed(tmp_path / "comment.xlsx", SHEET, head + "<!--", "x" * 100, 400_000, "-->" + tail)
    with zipfile.ZipFile(tmp_path / "entries.xlsx", "w") as archive:
        archive.writestr(SHEET, sheet(GOOD))
        for number in range(15_000):
            archive.writestr(str(number), "")
    with (tmp_path / "large.csv").open("wb") as file:
        file.write(csv_text(RETURNS, [returned()]).encode())
        file.truncate(200_000_001)
    with (tmp_path / "commas.csv").open("wb") as file:
        for _ in range(6):
            file.write(b"," * 1_000_000)
    with (tmp_path / "quotes.csv").open("wb") as file:
        file.write(csv_text(RETURNS, [returned()]).encode() + b'"')
        for _ in range(10):
            file.write(b"x,\n" * 300_000)
    said = {
        "blanks.xlsx": "200 MB", "rows.xlsx": "breaks off", "full.xlsx": "1,000,000 rows", "comment.xlsx": "breaks off",
        "entries.xlsx": "too many entries", "large.csv": "200 MB", "commas.csv": "no end",
        "quotes.csv": "quotation",
    }  # fmt: skip
    damaged = xlsx_file(tmp_path, sheet(GOOD).replace("</sheetData>", ""), "damaged.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(damaged), *(str(tmp_path / name) for name in said)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    for sentence, part in zip(done.stdout.splitlines(), said.values(), strict=True):
        assert part in sentence
