"""Ids that a spreadsheet has ruined."""

from __future__ import annotations

import pytest

from tests.intake.builders import (
    ORDERS,
    RETURNS,
    cell,
    csv_file,
    letters,
    ordered,
    plain_rows,
    reading,
    records,
    refusal,
    returned,
    sheet,
    xlsx_file,
)
from workbench.intake.ids import rounded

RUINED = "A spreadsheet has ruined the ids"


@pytest.mark.parametrize("text", ["4.04E+17", "4,04E+17", "4E+17", "4.03586091390996e+17", "9.43E+21"])
@pytest.mark.parametrize("column", ["Return Order ID", "Order ID", "SKU ID", "Return Logistics Tracking ID"])
def test_scientific_notation_anywhere(tmp_path, column, text):
    rows = [returned(Return_Order_ID=f"4035860913909960{n}") for n in range(11, 20)] + [returned() | {column: text}]
    said = refusal(csv_file(tmp_path, rows))
    assert RUINED in said
    assert text in said


def test_scientific_notation_in_orders(tmp_path):
    assert RUINED in refusal(csv_file(tmp_path, [ordered(), ordered(Package_ID="1.15E+18")], ORDERS))


@pytest.mark.parametrize(
    ("ids", "ruined"),
    [
        (["403586091390996000", "403586091390997000", "403586091390998000"], True),
        (["403586091390996000", "403586091390997000"], False),  # fewer than three
        (["403586091390996000", "403586091390997000", "403586091390998000", *(f"40358609139099900{n}" for n in "123")],
         False),  # half is not more than half
        (["403586091390996000", "403586091390997000", "403586091390998000", *(f"40358609139099900{n}" for n in "12")],
         True),
        (["403586091390996001", "403586091390997010", "403586091390998100"], False),  # a digit is left
        (["403586091390000", "403586091391000", "403586091392000"], False),  # 15 digits are kept
        (["4035860913909960", "4035860913909970", "4035860913909980"], True),
        (["403586091390996000"] * 9, False),  # one id, often
    ],
)  # fmt: skip
def test_ids_that_end_in_zeros(tmp_path, ids, ruined):
    path = csv_file(tmp_path, [returned(Return_Order_ID=id) for id in ids])
    if ruined:
        assert RUINED in refusal(path)
    else:
        assert reading(path).rows == len(ids)


def test_all_ids_of_a_short_file_count_together(tmp_path):
    row = returned(Return_Order_ID="403586091390996000", Order_ID="576981590830166000", SKU_ID="172946281948219000")
    assert RUINED in refusal(csv_file(tmp_path, [row]))


def workbook(folder, column, number):
    """A row whose cell in `column` is a number."""
    table = records(RETURNS, [returned()])
    at = RETURNS.index(column)
    text = cell(at, 2, table[1][at])
    assert text in plain_rows(table)
    return xlsx_file(folder, sheet(plain_rows(table).replace(text, f'<c r="{letters(at)}2"><v>{number}</v></c>')))


@pytest.mark.parametrize("number", ["403586091390996031", "4.0358609139099603E+17", "4035860913909960", "1e300"])
@pytest.mark.parametrize("column", ["Return Order ID", "Order ID", "SKU ID"])
def test_a_numeric_cell_of_16_or_more_digits(tmp_path, column, number):
    assert RUINED in refusal(workbook(tmp_path, column, number))


def test_a_short_numeric_id_is_an_id(tmp_path):
    (seen,) = reading(workbook(tmp_path, "Return Order ID", "403586091390996")).sightings
    assert seen.external_id == "403586091390996"


def test_a_long_number_elsewhere_ruins_nothing(tmp_path):
    (seen,) = reading(workbook(tmp_path, "Return unit price", "8.9900000000000002")).sightings
    assert seen.lines[0].price == "8.99"


_GENUINE = [f"4035860913909960{number}" for number in range(31, 99, 7)]


@pytest.mark.parametrize("spoiled", ["403586091390996000", "4035860913909960000"])
def test_one_id_among_good_ones_that_ends_as_a_number_does_is_told(tmp_path, spoiled):
    ids = [*_GENUINE, spoiled]
    read = reading(csv_file(tmp_path, [returned(Return_Order_ID=id, Order_ID=f"5{id[1:18]}") for id in ids]))
    told = [(word.text, word.column, word.rows) for word in read.unknown if word.rounded]
    assert (spoiled, "Return Order ID", 1) in told
    assert len(read.sightings) == len(ids)


def test_an_id_that_ends_so_by_chance_is_not_told():
    many = {str(403586091390996000 + number) for number in range(7, 700, 7)}
    assert rounded({*many, "403586091390996000"}) == set()  # one in a thousand does
    assert rounded({*_GENUINE, "403586091390996040"}) == set()
    assert rounded({"4035860913909960"}) == set()
    assert rounded(set()) == set()
