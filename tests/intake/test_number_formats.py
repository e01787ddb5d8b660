"""Amounts that only the number format of a cell gives a currency, and rates that only it makes a percentage."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.intake.builders import RETURNS, TH, US, plain_rows, reading, returned, sheet, xlsx_file
from workbench.intake.number_formats import shown, styles

CODES = [
    ("[$€-407] #,##0.00", "€8.99"), ('"¥"#,##0.00', "¥8.99"), ("#,##0.00\\ [$₫-42A]", "8.99 ₫"),
    ('_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_(@_)', "$8.99"), ("[$$-409]#,##0.00", "US$8.99"),
    ("[$$-1004]#,##0.00", "S$8.99"), ("[$¥-804]#,##0.00", "CN¥8.99"), ("[$¥-ja-JP]#,##0", "JP¥8.99"),
    ("[$USD] 0.00", "USD8.99"),
    ('0.00\\ "zł"', "8.99 zł"), ("[$-41E]#,##0.00", "8.99"), ("£#,##0;[Red]-£#,##0", "£8.99"),
    ("General", "8.99"), ("@", "8.99"), ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", "8.99"), ("", "8.99"), ("0.0%", "899%"),
    ('0.00" pcs"', "8.99 pcs"), ("R$ #,##0.00", "R$8.99"), ("[<1]0.00;#,##0.00", "8.99"), ("(0.00)", "8.99"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "printed"), CODES, ids=[code for code, _ in CODES])
def test_a_number_is_given_with_what_its_format_shows(code, printed):
    assert shown(code).around("8.99") == printed


def styled(*codes, before=""):
    """The part of styles of a workbook whose cells have these formats, from style 1 on."""
    from xml.sax.saxutils import quoteattr

    formats = "".join(
        f'<numFmt numFmtId="{at}" formatCode={quoteattr(code, {chr(34): "&quot;"})}/>'
        for at, code in enumerate(codes, 164)
    )
    cells = "".join(f'<xf numFmtId="{at}" fontId="0"/>' for at in range(164, 164 + len(codes)))
    return (
        f'<styleSheet><numFmts>{formats}</numFmts>{before}<cellStyleXfs><xf numFmtId="165"/></cellStyleXfs>'
        f'<cellXfs count="9"><xf numFmtId="0"/>{cells}</cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs></styleSheet>'
    )


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_the_styles_are_read_in_pieces(step):
    text = styled("[$€-407] 0.00", '"¥"0', before="<fonts><font/></fonts>")
    pieces = [text[at : at + step] for at in range(0, len(text), step)]
    assert [style.before for style in styles(pieces)] == ["", "€", "¥"]


def book(folder, prices, *codes):
    """A returns file with numbers for prices, (number, style) each."""
    rows = [
        returned(Return_Order_ID=f"40358609139099603{at}", Return_unit_price=f"price {at}") for at in range(len(prices))
    ]
    xml = plain_rows([RETURNS, *[[row.get(name, "") for name in RETURNS] for row in rows]])
    for at, (number, style) in enumerate(prices):
        xml = xml.replace(f' t="inlineStr"><is><t>price {at}</t></is></c>', f' s="{style}"><v>{number}</v></c>')
        xml = xml.replace("<t>$8.99</t>", "<t></t>")
    parts = {"xl/worksheets/sheet1.xml": sheet(xml), "xl/styles.xml": styled(*codes)}
    return xlsx_file(folder, parts)


def amounts(read):
    return [None if seen.money is None else (str(seen.money.amount), seen.money.currency) for seen in read.sightings]


def test_a_currency_of_the_format_is_as_one_that_is_typed(tmp_path):
    read = reading(book(tmp_path, [("8.99", 1), ("12", 1)], "[$€-407] #,##0.00"), US)
    assert amounts(read) == [("8.99", "EUR"), ("12", "EUR")]
    assert (read.currencies, read.foreign) == (["EUR"], ["EUR"])


def test_currencies_are_told_apart_by_cell(tmp_path):
    read = reading(book(tmp_path, [("8.99", 1), ("129", 2), ("5", 0)], '"$"0.00', '"฿"0'), US)
    assert amounts(read) == [("8.99", "USD"), ("129", "THB"), ("5", "USD")]
    assert read.foreign == []


def test_a_unit_that_nobody_knows_is_told(tmp_path):
    read = reading(book(tmp_path, [("8.99", 1)], '0.00" pcs"'), US)
    assert (amounts(read), [(word.text, word.rows) for word in read.unknown]) == ([None], [("8.99 pcs", 1)])


def test_a_style_that_is_not_there_shows_nothing(tmp_path):
    assert amounts(reading(book(tmp_path, [("8.99", 77)]), US)) == [("8.99", "USD")]


@pytest.mark.parametrize(
    ("number", "market", "amount"),
    [("8.125", US, "8.1250"), ("1.234", US, "1.2340"), ("1234.567", TH, "1234.5670"), ("-8.125", US, "-8.1250")],
)
def test_a_number_with_three_decimals_is_none_of_thousands(tmp_path, number, market, amount):
    (money,) = amounts(reading(book(tmp_path, [(number, 0)]), market))
    assert money == (amount, market.currency)


def test_dong_that_a_program_took_for_a_fraction_are_thousands_again(tmp_path):
    (money,) = amounts(reading(book(tmp_path, [("82.912", 1)], "0.000\\ [$₫-42A]"), US))
    assert (Decimal(money[0]), money[1]) == (82912, "VND")
