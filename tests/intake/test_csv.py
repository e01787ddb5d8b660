"""CSV files as they come: encodings, delimiters, quoting, ragged rows."""

from __future__ import annotations

import pytest

from tests.intake.builders import RETURNS, csv_file, csv_text, reading, refusal, returned

NOTE = 'says "早上好", twice;\nand €5\ttoo'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_end(tmp_path, encoding, delimiter, end):
    text = csv_text(RETURNS, [returned(Buyer_Note=NOTE), returned(Return_Order_ID="4035")], delimiter, end)
    if encoding == "utf-16-be-bom":
        content = b"\xfe\xff" + text.encode("utf-16-be")
    else:
        content = text.encode(encoding)
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    first, second = reading(path).sightings
    assert (first.words, first.product, second.external_id) == (NOTE, "Wide leg pants", "4035")


def test_trailing_tabs_on_ids_and_times(tmp_path):
    tabs = {name: f"{cell}\t" for name, cell in returned(Refund_Time="14/11/2026 23:59:00").items()}
    (seen,) = reading(csv_file(tmp_path, [tabs])).sightings
    assert (seen.external_id, seen.order_id) == ("403586091390996031", "576981590830166131")


def test_a_hint_and_blank_lines_before_the_header(tmp_path):
    path = tmp_path / "export.csv"
    rows = [returned(), returned(Return_Order_ID="x")]
    path.write_bytes(b"sep=;\r\n" + csv_text(RETURNS, rows, ";").encode())
    assert [refused.row for refused in reading(path).refused] == [4]
    path.write_bytes(b"\r\n\r\n" + csv_text(RETURNS, rows).encode())
    assert [refused.row for refused in reading(path).refused] == [5]


def test_ragged_rows(tmp_path):
    row = [returned().get(name, "") for name in RETURNS]
    until_status = RETURNS.index("Return Status")
    longer = [*row[:-1], "a note", "cut at a comma", ""]
    other = ["4035", *row[1 : until_status - 1]]
    read = reading(csv_file(tmp_path, [longer, other]))
    (seen,) = read.sightings
    assert (seen.external_id, seen.stage) == ("4035", "check")
    assert [refused.row for refused in read.refused] == [2]  # shifted
    assert [(word.column, word.rows) for word in read.unknown] == [("Return Status", 1)]  # its status is missing


def test_one_broken_byte_does_not_change_the_encoding(tmp_path):
    path = csv_file(tmp_path, [returned(Product_Name="红色连衣裙", Buyer_Note="早上好")])
    path.write_bytes(path.read_bytes().replace("早".encode(), b"\xe6\xff\x80"))
    (seen,) = reading(path).sightings
    assert seen.product == "红色连衣裙"
    assert seen.words.endswith("上好")
    assert "\ufffd" in seen.words


def test_a_marked_file_is_never_taken_for_chinese(tmp_path):
    path = csv_file(tmp_path, [returned(Product_Name="cafes")])
    path.write_bytes(path.read_bytes().replace(b"cafes", b"caf\xe9s"))
    assert reading(path).sightings[0].product == "caf\ufffds"


def test_a_file_that_ends_inside_a_character_is_still_utf_8(tmp_path):
    path = tmp_path / "export.csv"
    text = csv_text(RETURNS, [returned(Product_Name="红色连衣裙", Buyer_Note="早")])
    path.write_bytes(text.encode().rstrip(b"\r\n")[:-1])
    assert reading(path).sightings[0].product == "红色连衣裙"


def test_a_quotation_mark_that_is_never_closed(tmp_path):
    path = csv_file(tmp_path, [returned(Return_Order_ID=str(403586091390000001 + n)) for n in range(3000)])
    lines = path.read_text("utf-8-sig").splitlines()
    lines[10] = lines[10].replace("Wide leg", '"Wide leg')
    path.write_text("\r\n".join(lines))
    assert "quotation mark" in refusal(path)


def test_quotation_marks_inside_a_cell_are_text(tmp_path):
    path = csv_file(tmp_path, [returned(Product_Name="MARK")])
    path.write_text(path.read_text("utf-8").replace("MARK", 'Lamp 12" white'))
    assert reading(path).sightings[0].product == 'Lamp 12" white'
