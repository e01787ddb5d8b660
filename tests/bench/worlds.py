"""Data directories of a given size, and export files of a given length; everything in them is invented."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from workbench.core.creators.model import Deal, DealEntry
from workbench.core.metrics.model import Reading
from workbench.core.money import Money
from workbench.core.promotions.model import Item, Promotion, PromotionEntry
from workbench.core.replies.model import CATEGORIES, Reply
from workbench.core.tickets import moves
from workbench.core.tickets.model import Line, Ticket
from workbench.session import Options, Session, open_session
from workbench.session.creators.tables import DEALS
from workbench.session.metrics.tables import READINGS
from workbench.session.promotions.tables import PROMOTIONS
from workbench.session.replies.tables import REPLIES
from workbench.session.tickets.tables import TICKETS

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SETTINGS = '[shop]\nmarket = "TH"\n'
_STAGES = ("decide", "inspect", "buyer_ship", "dispute", "in_transit")


def shop(folder: Path, live: int, archived: int, actions: int = 0, due_in_minutes: int | None = None) -> Session:
    """A session on `live` open and `archived` archived tickets, with a history of `actions`.

    With `due_in_minutes` all that is open is due by the machine's clock then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "settings.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    due = None if due_in_minutes is None else datetime.now(UTC) + timedelta(minutes=due_in_minutes)
    session = open_session(Options(data=folder / "data", config=settings, now=NOW if due is None else None))
    with session.saving() as tx:
        for number in range(1, live + 1):
            ticket = _ticket(session, number)
            if due is not None:
                ticket = moves.state_due(ticket, due, session.now(), session.policy)
            tx.put(TICKETS, number, ticket)
        for number in range(live + 1, live + archived + 1):
            opened = NOW - timedelta(days=30 + number % 700)
            done = moves.close(_ticket(session, number, opened), "refunded", opened + timedelta(days=2), session.policy)
            tx.put(TICKETS, number, done)
        tx.sweep()
    for turn in range(actions):
        session.tickets.note([turn % live + 1], "a note")
    return session


def beside(session: Session, promotions: int = 300) -> None:
    """`promotions` over 300 SKUs, 500 deals, 2,000 replies and 20,000 readings beside the tickets."""
    metric = session.desk("metrics").metrics[0].id
    with session.saving() as tx:
        for number in range(1, promotions + 1):
            tx.put(PROMOTIONS, number, _promotion(number, promotions // 300))
        for number in range(1, 501):
            since = NOW - timedelta(hours=number)
            entry = DealEntry(at=since, what="add")
            deal = Deal(id=number, handle=f"creator_{number}", stage="talking", stage_since=since, story=(entry,))
            tx.put(DEALS, number, deal)
        for number in range(1, 2001):
            tx.put(REPLIES, number, _reply(number))
        for number in range(1, 20001):
            day, sku = (NOW - timedelta(days=number // 300)).date(), f"SKU-{number % 300:03}"
            value = Decimal(number % 90) / 10000
            tx.put(READINGS, number, Reading(id=number, metric=metric, day=day, value=value, sku=sku, entered_at=NOW))


def _promotion(number: int, of_each: int) -> Promotion:
    """One of a SKU's chain of everyday prices: 3 days each, with an hour's hole between them."""
    sku, place = f"SKU-{number % 300:03}", (number - 1) // 300
    starts = NOW - timedelta(days=1) + timedelta(days=3) * (place - of_each // 2)
    return Promotion(
        id=number, tool="discount", name=f"Everyday price {number}", items=(Item(sku, Decimal("199.00")),),
        starts_at=starts, ends_at=starts + timedelta(days=2, hours=23), keep=True,
        renews=number - 300 if place else None, story=(PromotionEntry(starts, "add"),),
    )  # fmt: skip


def _reply(number: int) -> Reply:
    text = "Hello {buyer}, the size of order {order} is in the chart of the page. " * 3
    return Reply(
        id=number, key=f"size-{number}", category=CATEGORIES[number % len(CATEGORIES)],
        title={"en": f"Size of the pants {number}"}, text={"en": text}, changed_at=NOW,
    )  # fmt: skip


def texts(folder: Path, count: int, length: int) -> list[Path]:
    """Files with a text to a buyer each, `length` characters long and not one like another."""
    folder.mkdir()
    files = [folder / f"{number}.txt" for number in range(count)]
    for number, file in enumerate(files):
        sentence = f"Hello, your order {number} is packed today and the size chart is on the page of the product. "
        file.write_text((sentence * (length // len(sentence) + 1))[:length], encoding="utf-8")
    return files


def _ticket(session: Session, number: int, opened: datetime | None = None) -> Ticket:
    stage = _STAGES[number % len(_STAGES)]
    return moves.open_ticket(
        session.policy, id=number, kind="return_refund", stage=stage,
        opened_at=opened or NOW - timedelta(minutes=number * 7 % 20000), external_id=str(403586091390000000 + number),
        order_id=str(576981590830000000 + number), sku=f"SKU-{number % 300:03}", product="Wide leg pants, black L",
        buyer=f"buyer_{number}", money=Money(Decimal("249.00"), "THB"), reason="Product doesn't match description",
        words="one size smaller than the chart", lines=(Line("172946281948219935", "SKU", "Pants", 1, "249"),),
    )  # fmt: skip


HEADER = [
    "Return Order ID",
    "Order ID",
    "Order Amount",
    "Order Status",
    "Order Substatus",
    "Payment Method",
    "SKU ID",
    "Seller SKU",
    "Product Name",
    "SKU Name",
    "Buyer Username",
    "Return Type",
    "Time Requested",
    "Return Reason",
    "Return unit price",
    "Return Quantity",
    "Return Logistics Tracking ID",
    "Return Status",
    "Return Sub Status",
    "Refund Time",
    "Dispute Status",
    "Appeal Status",
    "Compensation Status",
    "Compensation Amount",
    "Buyer Note",
]


def returns_rows(count: int) -> list[list[str]]:
    """Rows of a returns export, a tenth of them open."""
    rows = []
    for number in range(count):
        when = NOW - timedelta(minutes=3 * number + 60)
        is_open = number % 10 == 0
        refund = "" if is_open else f"{when + timedelta(minutes=30):%d/%m/%Y %H:%M:%S}\t"
        rows.append([
            f"{403586091390000000 + number}\t", f"{576981590830000000 + number}\t",
            "\u0e3f249.00", "Shipped", "Delivered",
            "Card", "172946281948219935\t", f"SKU-{number % 300:03}", "Wide leg pants", "Black, L", f"buyer_{number}",
            "Return and refund", f"{when:%d/%m/%Y %H:%M:%S}\t", "Missing parts", "\u0e3f249.00", "1", "",
            "To process" if is_open else "Completed", "", refund,
            "", "", "", "", "too small",
        ])  # fmt: skip
    return rows


def returns_csv(path: Path, count: int) -> None:
    """The export as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(returns_rows(count))


def returns_xlsx(path: Path, count: int) -> None:
    """The export as XLSX, cells as inline strings with their references, as Seller Center writes them."""
    import zipfile
    from xml.sax.saxutils import escape

    from workbench.intake.table import letters_of

    letters = [letters_of(at) for at in range(len(HEADER))]

    def cell(name: str, text: str) -> str:
        if not text:
            return f'<c r="{name}" t="inlineStr" />'
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f'<c r="{name}" t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'

    def row(number: int, cells: list[str]) -> str:
        inside = "".join(cell(f"{column}{number}", text) for column, text in zip(letters, cells, strict=True))
        return f'<row r="{number}">{inside}</row>'

    rows = [HEADER, *returns_rows(count)]
    sheet = "".join(row(number, cells) for number, cells in enumerate(rows, 1))
    main, links = f"{_SPREAD}/spreadsheetml/2006/main", f"{_SPREAD}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(id="r1", type=f"{links}/officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            id="r1", type=f"{links}/worksheet", target="worksheets/sheet1.xml"
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)


_SPREAD = "http://schemas.openxmlformats.org"
_RELATIONS = (
    f'<Relationships xmlns="{_SPREAD}/package/2006/relationships">'
    '<Relationship Id="{id}" Type="{type}" Target="{target}"/></Relationships>'
)
_MIME = "application/vnd.openxmlformats"
_TYPES = (
    f'<Types xmlns="{_SPREAD}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    f'<Default Extension="rels" ContentType="{_MIME}-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    f'ContentType="{_MIME}-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
