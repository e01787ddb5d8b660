"""A week with everything in it that a report must bear, made by a session on invented data."""

from __future__ import annotations

from datetime import date, timedelta

from workbench import i18n
from workbench.core.issues.model import IssueDraft
from workbench.core.issues.week import parse_week
from workbench.core.saying import say
from workbench.session import Options, open_session
from workbench.session.issues.report import week_report

MONDAY = date(2026, 11, 16)
WEEK = parse_week("2026-W47")

#: Buyers' words, and SKUs, that would like to be something else.
HOSTILE = [
    "<script>document.title='hacked'</script>", "<img src=x onerror=\"document.title='hacked'\">",
    "</style></title></svg>",
    "\"'><b onmouseover=alert(1)>", "&lt;i&gt; &amp;", "<!-- ", "]]>", "<a href='http://evil.example/'>x</a>",
    "javascript:alert(1)", "\x1b[31mred\x07", "\u202eevil\u2066", "line\nbreak\r\n# heading\n- bullet", "a | b | c",
    "*bold* _it_ `code` ~~gone~~ [link](http://evil.example) ![x](http://evil.example/x.png)", "www.evil.example",
    "$x$", "=1+1", "太小了，退货", "broken \U0001f622", "x" * 2000, "\\", "<<<>>>", "\x00nul\u2028sep",
]  # fmt: skip


def shop(folder, market="TH"):
    settings = folder / "settings.toml"
    settings.write_text(f'[shop]\nmarket = "{market}"\n', encoding="utf-8")
    return open_session(Options(data=folder / "data", config=settings, now="2026-11-24T09:00"))


def filled(session, hostile=True):
    """Seven weeks of issues, one SKU and type rising, one ticket behind a line, one decision."""
    session.tickets.add(kind="message", buyer="mali_b", order_id="576981590000000001", sku="CHAIR-OAK")
    drafts = [
        IssueDraft(
            day=MONDAY - timedelta(days=7 * ago) + timedelta(days=n), sku=sku, type=type, words=words, count=count
        )
        for n, (sku, type, words, count) in enumerate(
            [("PANTS-BLK-L", "size", "one size smaller than the chart", 2), ("PANTS-BLK-L", "size", "fits like M", 1),
             ("PANTS-BLK-L", "colour", "", 1), ("LAMP-WHT", "damaged", "arrived in pieces", 1),
             ("LAMP-WHT", "late", "three weeks", 1), ("TENT-2P", "missing_part", "no pegs", 1)]
        )
        for ago in range(7) if (n + ago) % 3 < 2
    ]  # fmt: skip
    ticket = IssueDraft(day=MONDAY, sku="CHAIR-OAK", type="quality", words="mali_b says one leg is shorter", ticket=1)
    bad = [IssueDraft(day=MONDAY, sku=words[:40], type="other", words=words) for words in HOSTILE] if hostile else []
    session.log.add_many(lambda: [*drafts, ticket, *bad], lambda n: say("{n} lines", n=n))
    session.log.decide("PANTS-BLK-L", "size", "a new chart <b>", date(2026, 11, 27))
    return session


def report(folder, language="en", *, hostile=True, anonymous=False):
    i18n.use(language)
    return week_report(filled(shop(folder), hostile), WEEK, anonymous=anonymous)
