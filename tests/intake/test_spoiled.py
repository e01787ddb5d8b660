"""A good export as other programs and hands give it back: each is read as the good one, or it says what is wrong.

`RIGHT` are read row for row as the good file. `TOLD` say which rows or words are doubtful and read the rest as the good
file. `REFUSED` are refused with a sentence. Nothing else may happen.
"""

from __future__ import annotations

import csv
import io

import pytest

from tests.intake.builders import NOW, ORDERS, RETURNS, US, csv_text, ordered, returned
from workbench.i18n import render
from workbench.intake import RefusedFile, read

_IDS = ("Return Order ID", "Order ID", "SKU ID")
_WHEN = ("13/11/2026 10:15:00", "19/11/2026 23:59:59", "20/11/2026 00:00:01", "12/11/2026 08:05:00")
_STATUS = ("To process", "In process", "Completed", "Refund rejected")
_RETURN = ("403586091390996031", "403586091391117245", "403586091391238459", "403586091391359673")

ROWS = [
    returned(
        Return_Order_ID=id, Order_ID=f"57698159083016613{at}", Time_Requested=when, Return_Status=status,
        Return_unit_price=price, Buyer_Note=note,
    )
    for at, (id, when, status, price, note) in enumerate(
        zip(_RETURN, _WHEN, _STATUS, ("$8.99", "$1,234.50", "$0.99", "$100.00"),
            ("too small", "", "it's broken, badly", 'says "no"'), strict=True)
    )
]  # fmt: skip
GOOD = csv_text(RETURNS, ROWS)
HEAD, BODY = GOOD.split("\r\n", 1)


def ids(spoil, names=_IDS):
    return csv_text(RETURNS, [row | {name: spoil(row[name]) for name in names} for row in ROWS])


def cells(spoil):
    return csv_text(RETURNS, [{name: spoil(row.get(name, "")) for name in RETURNS} for row in ROWS])


def first(**changed):
    return csv_text(
        RETURNS, [returned(**{**{k.replace(" ", "_"): v for k, v in ROWS[0].items()}, **changed}), *ROWS[1:]]
    )


def lines(spoil):
    return "".join(f"{spoil(at, line)}\r\n" for at, line in enumerate(GOOD.split("\r\n")[:-1]))


def written(**shape):
    out = io.StringIO(newline="")
    csv.writer(out, **shape).writerows([RETURNS, *([row.get(name, "") for name in RETURNS] for row in ROWS)])
    return out.getvalue()


def script(zero):
    """Digits of another script."""
    return ids(lambda id: "".join(chr(zero + int(digit)) for digit in id))


RIGHT = {
    "every cell quoted": written(quoting=csv.QUOTE_ALL),
    "old Mac lines": GOOD.replace("\r\n", "\r"),
    "lines of two systems": GOOD.replace("\r\n", "\n", 2),
    "returns before the line ends": GOOD.replace("\r\n", "\r\r\n"),
    "sep= before it": "sep=;\r\n" + csv_text(RETURNS, ROWS, ";"),
    "sep= before it, quoted": '"sep=;"\r\n' + csv_text(RETURNS, ROWS, ";"),
    "sep= of a tab": "sep=\t\r\n" + csv_text(RETURNS, ROWS, "\t"),
    "a mark in the middle": GOOD + "\ufeff" + BODY,
    "blank rows between": GOOD.replace("\r\n", "\r\n\r\n,,,,\r\n"),
    "a separator at every end": GOOD.replace("\r\n", ",\r\n"),
    "a column of row numbers": lines(lambda at, line: f"{at - 1 if at else ''},{line}"),
    "an unnamed column": lines(lambda at, line: line + ("x" if at < 0 else ",Unnamed: 25" if at == 0 else ",z")),
    "capitals": GOOD.replace(HEAD, HEAD.upper()),
    "a break in a header": GOOD.replace("Return Order ID", '"Return\nOrder ID"', 1),
    "invisible marks in a header": GOOD.replace("Time Requested", "Time\u00a0Requested\u200b", 1),
    "a full-width header": GOOD.replace(HEAD, "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in HEAD)),
    "blanks and marks behind every cell": cells(lambda cell: f"{cell}\u00a0\u200b" if cell else cell),
    "marks inside ids": ids(lambda id: f"{id[:9]}\u200b{id[9:]}"),
    "ids behind a number sign": ids("#{}".format),
    "ids filled with zeros": ids(lambda id: id.zfill(22)),
    "ids as formulas": ids("={}".format),
    "blanks of a data frame": cells(lambda cell: cell or "NaN"),
    "no time of a data frame": csv_text(RETURNS, [{**row, "Refund Time": "NaT"} for row in ROWS]),
    "blanks of a database": cells(lambda cell: cell or "NULL"),
    "blanks of a dump": cells(lambda cell: cell or "\\N"),
    "blanks of a script": cells(lambda cell: cell or "undefined"),
    "error values in German": cells(lambda cell: cell or "#NV"),
    "no dispute": csv_text(RETURNS, [row | {"Dispute Status": "FALSE"} for row in ROWS]),
}  # fmt: skip

#: What is told: parts of the refusals and unknown words.
TOLD = {
    "backslashes for quotation marks": (written(quoting=csv.QUOTE_NONE, escapechar="\\"), ["more cells"]),
    "single quotation marks": (written(quotechar="'"), ["more cells"]),
    "the file twice, header and all": (GOOD + GOOD, ["the header once more"]),
    "another order of columns below": (
        GOOD + csv_text(RETURNS[::-1], [ROWS[0] | {"Return Order ID": "403586091391470887"}]),
        ["the header once more", "below another header, that of row 6"],
    ),
    "the order id where the return's was": (
        GOOD + csv_text(["Order ID", "Return Order ID", *RETURNS[2:]], ROWS[:1]), ["below another header"],
    ),
    "another export below": (GOOD + csv_text(ORDERS, [ordered()]), ["more cells"]),
    "a sum below": (GOOD + "Total,,$1344.48" + "," * 22 + "\r\n", ['"Total" is not a number']),
    "a sum without a word": (GOOD + "," * 14 + "$1344.48,4" + "," * 9 + "\r\n", ["no Return Order ID"]),
    "a foot": (GOOD + "\r\nGenerated 2026-11-20\r\n", ["is not a number"]),
    "an order id with a stroke": (ids(lambda id: f"{id[:9]}-{id[9:]}", ("Order ID",)), ["576981590-830166130"]),
    "an order id as an address": (ids("https://seller/{}".format, ("Order ID",)), ["https://seller/576"]),
    "a cell too narrow": (first(Time_Requested="########"), ["########"]),
    "a NUL in an id": (GOOD.replace(_RETURN[0], "403586\x00091390996031"), ["is not a number"]),
    "a refund of the future": (first(Refund_Time="21/12/2026 08:00:00"), ["21/12/2026"]),
    "one id of two orders": (first(Return_Order_ID=_RETURN[1]), ["stands beside another Order ID"]),
}  # fmt: skip

REFUSED = {
    "two tables side by side": (
        csv_text([*RETURNS, "", *RETURNS], [[row.get(name, "") for name in [*RETURNS, "", *RETURNS]] for row in ROWS]),
        "side by side",
    ),
    "no lines": (GOOD.replace("\r\n", "\u2028"), "lost their ends"),
    "row numbers without a header": (lines(lambda at, line: line if at == 0 else f"{at},{line}"), "more cells"),
    "another separator is announced": ("sep=;\r\n" + GOOD, "no export of TikTok Shop"),
    "a marked header": (GOOD.replace("Return Order ID", "*Return Order ID", 1), '"*Return Order ID"'),
    "blanks inside ids": (ids(lambda id: f"{id[:9]} {id[9:]}"), "No row can be read"),
    "Arabic digits": (script(0x660), "No row can be read"),
    "Thai digits": (script(0xE50), "No row can be read"),
    "floats of a data frame as integers": (ids(lambda id: str(int(float(id)))), "keeps 17 digits"),
    "floats of a data frame": (ids(lambda id: repr(float(id))), "4.0358609139099603e+17"),
    "one id in scientific notation": (first(Order_ID="5.76982E+17"), "5.76982E+17"),
    "groups of digits": (ids(lambda id: f"{int(id):,}".replace(",", ".")), "403.586.091"),
    "a formula that nobody reckoned": (ids('=T("{}")'.format), "is not a number"),
    "two separators in the dates": (first(Time_Requested="13.11.2026 10:15"), "13.11.2026 10:15"),
    "a month's name among numbers": (first(Time_Requested="13-Nov-26"), "13-Nov-26"),
    "a year of two digits among others": (first(Time_Requested="13/11/26 10:15"), "13/11/26"),
}  # fmt: skip


def what(seen):
    return seen.kind, seen.stage, seen.outcome, seen.since, seen.order_id, seen.money, seen.sku, seen.words, seen.lines


def said(tmp_path, text):
    path = tmp_path / "export.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    return read(path, rules=US, now=NOW)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return {seen.external_id: what(seen) for seen in said(tmp_path_factory.mktemp("good"), GOOD).sightings}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_it_is_read_as_the_good_file(tmp_path, text, whole):
    reading = said(tmp_path, text)
    assert {seen.external_id: what(seen) for seen in reading.sightings} == whole
    assert (reading.refused, reading.unknown) == ([], [])


@pytest.mark.parametrize(("text", "told"), TOLD.values(), ids=TOLD)
def test_what_is_doubtful_is_told(tmp_path, text, told, whole):
    reading = said(tmp_path, text)
    words = [render(row.why) for row in reading.refused] + [word.text for word in reading.unknown]
    for part in told:
        assert any(part in word for word in words), words
    wrong = {seen.external_id for seen in reading.sightings if what(seen)[:4] != whole[seen.external_id][:4]}
    assert not wrong
    assert len(whole) - len(reading.sightings) <= len(reading.refused)


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_the_reason(tmp_path, text, why):
    with pytest.raises(RefusedFile) as refused:
        said(tmp_path, text)
    assert why in render(refused.value.saying)


@pytest.mark.parametrize("name", ["Return Status", "Time Requested", "Order ID"])
def test_a_column_that_stands_there_twice_is_told(tmp_path, name):
    twice = csv_text([*RETURNS, name], [[*(row.get(column, "") for column in RETURNS), "another"] for row in ROWS])
    assert said(tmp_path, twice).twice == [name]


def test_cut_at_any_byte_nothing_is_read_that_is_not_there(tmp_path, whole):
    """A broken download: what is left is read rightly, or the row in which it breaks off is told."""
    raw, shown = GOOD.encode(), [row[0] for row in csv.reader(io.StringIO(BODY, newline=""))]
    for cut in range(len(HEAD) + 3, len(raw), 3):
        path = tmp_path / "cut.csv"
        path.write_bytes(raw[:cut])
        begun = sum(f"\r\n{id}" in GOOD[:cut] for id in shown)
        try:
            reading = read(path, rules=US, now=NOW)
        except RefusedFile:
            continue
        found = {seen.external_id: what(seen) for seen in reading.sightings}
        # Of a note that is the last cell nobody can see that it was longer.
        assert all(value[:7] == whole[id][:7] for id, value in found.items())
        assert len(found) + len(reading.refused) >= begun
