"""Small exports of every shape, made in the test that needs them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from workbench.i18n import render
from workbench.intake import IntakeRules, RefusedFile, read

SAMPLES = Path(__file__).parent / "samples"
BANGKOK = ZoneInfo("Asia/Bangkok")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)  # 09:00 in Los Angeles
TH = IntakeRules(zone=BANGKOK, export_zone=BANGKOK, market="TH", currency="THB")
US = IntakeRules(zone=LOS_ANGELES, export_zone=LOS_ANGELES, market="US", currency="USD")

RETURNS = [
    "Return Order ID", "Order ID", "Order Amount", "Order Status", "Order Substatus", "Payment Method", "SKU ID",
    "Seller SKU", "Product Name", "SKU Name", "Buyer Username", "Return Type", "Time Requested", "Return Reason",
    "Return unit price", "Return Quantity", "Return Logistics Tracking ID", "Return Status", "Return Sub Status",
    "Refund Time", "Dispute Status", "Appeal Status", "Compensation Status", "Compensation Amount", "Buyer Note",
]  # fmt: skip
ORDERS = [
    "Order ID", "Order Status", "Order Substatus", "Cancelation/Return Type", "Normal or Pre-order", "SKU ID",
    "Seller SKU", "Product Name", "Variation", "Quantity", "SKU Subtotal After Discount", "Order Amount",
    "Created Time", "Paid Time", "RTS Time", "Shipped Time", "Delivered Time", "Cancelled Time", "Cancel By",
    "Cancel Reason", "Tracking ID", "Buyer Message", "Buyer Username", "Recipient", "Phone #", "Zipcode",
    "Address Line 1", "Package ID",
]  # fmt: skip


def returned(**cells: str) -> dict[str, str]:
    """A returns row to decide, with other cells where they are given (blanks in names as underscores)."""
    row = {
        "Return Order ID": "403586091390996031", "Order ID": "576981590830166131", "SKU ID": "172946281948219935",
        "Seller SKU": "PANTS-BLK-L", "Product Name": "Wide leg pants", "Buyer Username": "buyer_1",
        "Return Type": "Return and refund", "Time Requested": "13/11/2026 23:59:00", "Return Reason": "Missing parts",
        "Return unit price": "$8.99", "Return Quantity": "1", "Return Status": "To process",
    }  # fmt: skip
    return row | {name.replace("_", " "): cell for name, cell in cells.items()}


def ordered(**cells: str) -> dict[str, str]:
    """An orders row with a pending cancel request."""
    row = {
        "Order ID": "576951280743050954", "Order Status": "To ship", "Cancelation/Return Type": "Cancel",
        "SKU ID": "172998311541881735", "Seller SKU": "LAMP-01", "Product Name": "Desk lamp", "Quantity": "1",
        "Order Amount": "23.05", "Created Time": "11/15/2026 01:31:00 PM", "Paid Time": "11/15/2026 01:32:00 PM",
        "Cancel Reason": "No longer needed", "Buyer Username": "buyer_2", "Recipient": "A. Buyer-Name",
        "Phone #": "(+1)5550100", "Zipcode": "90001", "Address Line 1": "1 Hidden Street",
    }  # fmt: skip
    return row | {name.replace("_", " "): cell for name, cell in cells.items()}


def records(header, rows):
    """The header and the rows as lists of cells; a row given as a list stays as it is."""
    cells = [row if isinstance(row, list) else [row.get(name, "") for name in header] for row in rows]
    return [list(header), *cells]


def csv_text(header, rows, delimiter=",", end="\r\n"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(records(header, rows))
    return text.getvalue()


def csv_file(folder, rows, header=RETURNS, encoding="utf-8-sig", name="export.csv", **shape):
    path = folder / name
    path.write_bytes(csv_text(header, rows, **shape).encode(encoding))
    return path


def letters(column):
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def cell(column, row, text, prefix=""):
    """A cell with its own text."""
    p = prefix
    return f'<{p}c r="{letters(column)}{row}" t="inlineStr"><{p}is><{p}t>{escape(text)}</{p}t></{p}is></{p}c>'


def sheet(rows, dimension="A1:A1", prefix=""):
    """The XML of a sheet whose rows are given as XML."""
    p = prefix
    namespace = f'xmlns{":" + p[:-1] if p else ""}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{p}worksheet {namespace}><{p}dimension ref="{dimension}"/>'
        f'<{p}cols><{p}col min="1" max="16384"/></{p}cols><{p}sheetData>{rows}</{p}sheetData></{p}worksheet>'
    )


def plain_rows(table, prefix=""):
    """Rows as a spreadsheet writes them."""
    p = prefix
    return "".join(
        f'<{p}row r="{number}">'
        + "".join(cell(at, number, text, p) for at, text in enumerate(row) if text)
        + f"</{p}row>"
        for number, row in enumerate(table, 1)
    )


def xlsx_file(folder, parts, name="export.xlsx"):
    """An archive with these parts; a str is the only sheet."""
    path = folder / name
    parts = {"xl/worksheets/sheet1.xml": parts} if isinstance(parts, str) else parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook><sheets/></workbook>")
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def strings(texts):
    """The part with the shared strings."""
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    return f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>'


def reading(path, rules=US, now=NOW, **choices):
    return read(path, rules=rules, now=now, **choices)


def refusal(path, rules=US, now=NOW, **choices):
    """The sentence with which the file is refused; fails where it is not."""
    try:
        answer = read(path, rules=rules, now=now, **choices)
    except RefusedFile as refused:
        return render(refused.saying)
    raise AssertionError(f"not refused: {answer}")
