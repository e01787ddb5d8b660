"""`campaign`, `live` and their lists, as a script sees them."""

from __future__ import annotations

import pytest
from python_calamine import CalamineWorkbook

from tests.intake.builders import xlsx_file


def campaign(shop, *more, name="11.11 sale", starts="2026-11-26", ends="2026-11-28"):
    return shop.json("campaign", "add", "--name", name, "--starts", starts, "--ends", ends, *more)


def test_what_was_expected_is_locked_when_it_starts(shop):
    found = campaign(shop, "--expected-sales", "12000", "--expected-conversion", "3.2%")
    assert found["expected"] == {"sales": "12000.00", "orders": None, "conversion": "0.032000"}
    assert (found["state"], found["ends_at"]) == ("coming", "2026-11-29T00:00:00+07:00")
    found = shop.json("campaign", "edit", "C-1", "--expected-orders", "40")
    assert found["expected"] == {"sales": "12000.00", "orders": 40, "conversion": "0.032000"}
    shop.now = "2026-11-26T00:00"
    assert "has started" in shop.run("campaign", "edit", "C-1", "--expected-sales", "1", status=1).stderr
    later = shop.json("campaign", "edit", "C-1", "--later", "sales=9000")["later"]
    assert later == [{"at": "2026-11-26T00:00:00+07:00", "what": "sales", "value": "9000"}]
    shop.now = "2026-11-30T10:00"
    found = shop.json("campaign", "edit", "C-1", "--actual-sales", "9500", "--why", "too late")
    assert (found["actual"]["sales"], found["why"], found["state"]) == ("9500.00", "too late", "review")
    assert shop.json("campaign", "close", "C-1")["state"] == "closed"
    shop.run("undo")
    assert shop.json("campaign", "show", "C-1")["state"] == "review"


def test_a_campaign_in_one_line_has_its_year_and_how_it_stands_in_the_language(shop):
    campaign(shop, starts="2025-11-26", ends="2025-11-28")
    campaign(shop)
    shop.run("campaign", "close", "C-1")
    assert shop.run("campaigns", WORKBENCH_LANG="zh").stdout.splitlines() == [
        "C-2  11.11 sale  11月26日 周四 00:00 - 11月28日 周六 24:00 2026  未开始",
        "C-1  11.11 sale  11月26日 周三 00:00 - 11月28日 周五 24:00 2025  已关闭",
    ]  # fmt: skip


def test_campaigns_that_are_alike_are_found(shop):
    campaign(shop, starts="2025-11-26", ends="2025-11-28", name="big sale")
    campaign(shop, starts="2026-11-20", ends="2026-11-22", name="autumn")
    campaign(shop, starts="2026-05-01", ends="2026-05-02", name="spring sale")
    assert shop.json("campaign", "show", "C-2")["like"] == ["C-1"]
    assert shop.json("campaign", "show", "C-3")["like"] == ["C-1"]
    assert [each["id"] for each in shop.json("campaigns", "--like", "C-1")["campaigns"]] == ["C-2", "C-3"]
    assert [each["id"] for each in shop.json("campaigns")["campaigns"]] == ["C-2", "C-3", "C-1"]


def test_a_year_in_a_name_is_none_of_its_words(shop):
    campaign(shop, starts="2025-11-09", ends="2025-11-12", name="双11大促2025")
    campaign(shop, starts="2026-05-20", ends="2026-05-22", name="年中 2026")
    campaign(shop, starts="2026-08-01", ends="2026-08-02", name="双11大促2026年")
    assert [shop.json("campaign", "show", f"C-{n}")["like"] for n in (1, 2, 3)] == [["C-3"], [], ["C-1"]]


def test_slips_of_a_campaign(shop):
    shop.run("campaign", "add", "--name", "x", "--starts", "2026-11-26", status=2)
    for name in ("", " "):
        shop.run("campaign", "add", "--name", name, "--starts", "2026-11-26", "--ends", "2026-11-28", status=2)
    campaign(shop)
    for words in (
        (), ("--actual-orders", "many"), ("--actual-conversion", "3"), ("--later", "sales"),
        ("--later", "sales=1", "--why", "x"), ("--ends", "2026-11-01"), ("--name", ""), ("--name", " "),
    ):  # fmt: skip
        shop.run("campaign", "edit", "C-1", *words, status=2)
    shop.run("campaign", "show", "C-9", status=1)
    assert shop.json("campaign", "edit", "C-1", "--sku", "A", "--sku", " ")["skus"] == ["A"]
    assert shop.json("campaign", "edit", "C-1", "--sku", "")["skus"] == []
    for words in (("--later", "sales=5"), ("--after-refunds", "5"), ("--after-money", "5")):
        add = ("campaign", "add", "--name", "x", "--starts", "2026-11-26", "--ends", "2026-11-28")
        assert "campaign edit" in shop.run(*add, *words, status=2).stderr
    assert len(shop.json("campaigns")["campaigns"]) == 1


def test_a_figure_is_taken_back_by_the_empty_text(shop):
    campaign(shop, "--expected-sales", "12000", "--expected-orders", "40")
    found = shop.json("campaign", "edit", "C-1", "--expected-sales", "")["expected"]
    assert found == {"sales": None, "orders": 40, "conversion": None}


def test_a_figure_that_is_taken_back_is_no_review(shop):
    campaign(shop, starts="2026-11-20", ends="2026-11-22")
    assert "to review" in shop.run("campaign", "edit", "C-1", "--actual-sales", "").stdout
    assert "reviewed" in shop.run("campaign", "edit", "C-1", "--actual-sales", "5").stdout


def test_a_live_from_its_checklist_to_the_note_to_its_buyers(shop):
    found = shop.json(
        "live", "add", "--starts", "2026-11-24T08:00", "--ends", "2026-11-24T10:00", "--content", "#morning",
        "--sku", "LAMP-WHT",
    )  # fmt: skip
    assert {name: found[name] for name in ("id", "content", "skus", "state", "promotions")} == {
        "id": "L-1", "content": "morning", "skus": ["LAMP-WHT"], "state": "running", "promotions": [],
    }  # fmt: skip
    assert [check["id"] for check in (*found["before"], *found["after"])] == [1, 2, 3, 4, 5]
    shop.run(
        "promotion", "add", "--tool", "live_flash", "--item", "LAMP-WHT=500", "--starts", "2026-11-24T09:30", "--for",
        "20min",
    )  # fmt: skip
    assert shop.json("live", "show", "L-1")["promotions"] == ["P-1"]
    assert shop.json("live", "done", "L-1", "2")["before"][1]["done"] is True
    assert "done already" in shop.run("live", "done", "L-1", "2", status=1).stderr
    ended = shop.json("live", "end", "L-1", "--at", "2026-11-24T08:30")
    assert (ended["state"], ended["ends_at"]) == ("ended", "2026-11-24T08:30:00+07:00")
    shop.run("live", "end", "L-1", status=1)
    shop.run("live", "done", "L-1", "9", status=1)
    shop.run("live", "done", "L-1", "two", status=2)
    shop.run("undo")
    assert shop.json("lives")["lives"][0]["state"] == "running"


@pytest.mark.parametrize("name", ["campaigns.csv", "campaigns.xlsx"])
def test_campaigns_go_out_to_a_spreadsheet_and_come_back(shop, tmp_path, name):
    shop.run(
        "campaign", "add", "--name", "12.12", "--starts", "2026-12-12", "--ends", "2026-12-12", "--sku", "LAMP-WHT",
        "--sku", "A,B", "--expected-sales", "12000", "--expected-conversion", "3.2%", "--note", "=1+1 _x0041_",
    )  # fmt: skip
    before = shop.json("campaigns")["campaigns"][0]
    file = tmp_path / name
    shop.run("campaigns", "export", "--output", str(file))
    if file.suffix == ".xlsx":
        headers, row = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
        said = dict(zip(headers, row, strict=True))
        assert (said["name"], said["expected_sales"], said["note"]) == ("12.12", "12000.00", "=1+1 _x0041_")
    shop.run("campaigns", "import", str(file), status=1)  # nothing in it is new
    shop.run("campaign", "delete", "C-1")
    shop.run("campaigns", "import", str(file))
    after = shop.json("campaigns")["campaigns"][0]
    assert after | {"id": "C-1"} == before
    shop.run("undo")
    assert shop.json("campaigns")["campaigns"] == []


def test_a_workbook_of_the_sellers_own_has_dates_and_shares_as_cells(shop, tmp_path):
    heads = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in
                    ("Name", "starts", "ends", "withdraw_until", "expected_conversion", "expected_orders"))  # fmt: skip
    # 46368 is 12 December 2026, and .75 six in the evening.
    dates = "".join(f'<c s="1"><v>{n}</v></c>' for n in (46368, 46369, "46363.75"))
    cells = f"{dates}<c><v>0.032</v></c><c><v>90</v></c>"
    name = '<c t="inlineStr"><is><t>12.12</t></is></c>'
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'
    sheet = f"<worksheet><sheetData><row>{heads}</row><row>{name}{cells}</row></sheetData></worksheet>"
    file = xlsx_file(tmp_path, {"xl/worksheets/sheet1.xml": sheet, "xl/styles.xml": styles}, "own.xlsx")
    shop.run("campaigns", "import", str(file))
    found = shop.json("campaign", "show", "C-1")
    assert (found["starts_at"], found["ends_at"], found["withdraw_until"]) == (
        "2026-12-12T00:00:00+07:00", "2026-12-14T00:00:00+07:00", "2026-12-07T18:00:00+07:00",
    )  # fmt: skip
    assert found["expected"] == {"sales": None, "orders": 90, "conversion": "0.032000"}


def test_a_row_that_cannot_be_read_refuses_the_file(shop, tmp_path):
    file = tmp_path / "campaigns.csv"
    file.write_text("name,starts,ends\n12.12,someday,never\n", encoding="utf-8")
    assert "Row 2" in shop.run("campaigns", "import", str(file), status=1).stderr
    file.write_text("name,when\n12.12,someday\n", encoding="utf-8")
    assert "starts" in shop.run("campaigns", "import", str(file), status=1).stderr


def test_the_dates_of_a_campaign_are_clocks_until_they_are_ticked_off(shop):
    campaign(
        shop, "--registration-opens", "2026-11-24T12:00", "--registration-closes", "2026-11-24", "--withdraw-until",
        "2026-11-25T18:00",
    )  # fmt: skip

    def told():
        lines = shop.run("calendar").stdout.replace("\r\n ", "").splitlines()
        return sorted(line.partition(":")[2] for line in lines if line.startswith("SUMMARY"))

    def late():
        return [line for line in shop.run("today").stdout.splitlines() if "late" in line and "Register" in line]

    assert [text.removesuffix(" 11.11 sale (C-1)") for text in told() if "C-1" in text] == [
        "Last withdrawal", "Measure again", "Register", "Registration opens", "Review campaign",
    ]  # fmt: skip
    shop.now = "2026-11-25T09:00"
    assert late()
    shop.run("campaign", "done", "C-1", "registration-closes")
    assert not late()
    shop.run("campaign", "done", "C-1", "registration_closes", status=1)
    shop.run("campaign", "done", "C-1", "noon", status=2)
    shop.run("undo")
    assert late()
    shop.now = "2026-11-26T09:00"
    assert not late()  # it runs: nothing is to be registered any more


def test_what_came_back_can_be_typed_where_no_file_tells_it(shop):
    campaign(shop, starts="2026-10-01", ends="2026-10-02")
    shop.run("campaign", "edit", "C-1", "--after-refunds", "3", status=2)
    found = shop.json("campaign", "edit", "C-1", "--after-refunds", "3", "--after-money", "0")
    assert (found["after_30_days"], found["state"]) == ({"refunds": 3, "money": "0.00"}, "measured")


def test_a_live_stands_in_the_calendar_and_is_to_be_prepared_until_it_is_over(shop):
    shop.run(
        "live", "add", "--starts", "2026-11-25T20:00", "--ends", "2026-11-25T22:00", "--content", "eve", "--creator",
        "anna",
    )  # fmt: skip

    def told():
        lines = shop.run("calendar").stdout.replace("\r\n ", "").splitlines()
        return sorted(line.partition(":")[2] for line in lines if line.startswith("SUMMARY") and "L-1" in line)

    assert [text.partition(" eve")[0] for text in told()] == ["Live", "Prepare live", "shipping note to the buyers"]
    add = ("promotion", "add", "--tool", "creator_flash", "--item", "A=5", "--starts", "2026-11-24", "--for", "3d")
    shop.run(*add, "--creator", "anna")
    shop.run(*add, "--creator", "ben")
    assert shop.json("live", "show", "L-1")["promotions"] == ["P-1"]
    shop.now = "2026-11-25T21:00"
    assert "Prepare live" in shop.run("today").stdout
    shop.now = "2026-11-25T22:00"
    assert "Prepare live" not in shop.run("today").stdout
    assert "shipping note" in shop.run("today").stdout
    shop.run("live", "done", "L-1", "5")
    assert "shipping note" not in shop.run("today").stdout


def test_a_deal_of_a_live_that_lies_within_none_is_told(shop):
    def told(start):
        add = ("promotion", "add", "--tool", "live_flash", "--item", "A=5", "--starts", start, "--for", "20min")
        return [text for text in shop.json(*add)["warnings"] if "no live" in text]

    assert not told("2026-11-24T20:00")  # no live is entered at all
    shop.run("live", "add", "--starts", "2026-11-25T20:00", "--ends", "2026-11-25T22:00")
    assert not told("2026-11-25T21:40")
    assert told("2026-11-25T21:41")
    # In the live of a creator the shop has no LIVE flash deal of its own.
    shop.run("live", "add", "--starts", "2026-11-26T20:00", "--ends", "2026-11-26T22:00", "--creator", "@Anna")
    assert told("2026-11-26T21:00")
    assert shop.json("live", "show", "L-2")["promotions"] == []
    deal = ("promotion", "add", "--item", "A=5", "--starts", "2026-11-26T20:30", "--for", "20min")
    shop.run(*deal, "--tool", "live_flash", "--creator", "anna")
    shop.run(*deal, "--tool", "creator_flash", "--creator", "ben")
    shop.run(*deal, "--tool", "creator_flash")
    shown = [shop.json("promotion", "show", ref)["tool"] for ref in shop.json("live", "show", "L-2")["promotions"]]
    assert shown == ["live_flash", "creator_flash"]


def test_what_opens_at_midnight_is_of_the_day_that_begins_and_a_live_lasts_in_the_calendar(shop):
    campaign(shop, "--registration-opens", "2026-11-25")
    shop.run("live", "add", "--starts", "2026-11-26T20:00", "--ends", "2026-11-26T22:30")
    (line,) = (line for line in shop.run("today").stdout.splitlines() if "Registration opens" in line)
    assert "Tomorrow" in line
    events = shop.run("calendar").stdout.replace("\r\n", "\n").split("BEGIN:VEVENT")
    (opens,) = (each for each in events if "Registration opens" in each)
    assert "DTSTART;VALUE=DATE:20261125" in opens
    (live,) = (each for each in events if "SUMMARY:Live L-1" in each)
    assert "DTSTART:20261126T130000Z\nDTEND:20261126T153000Z" in live


def test_a_campaign_entered_for_the_archive_asks_for_nothing(shop):
    campaign(shop, starts="2025-11-11", ends="2025-11-11")
    assert "Review campaign" not in shop.run("today").stdout
    assert "Measure again" not in shop.run("today").stdout
    campaign(shop, starts="2026-11-11", ends="2026-11-11")
    assert "Review campaign" in shop.run("today").stdout
    assert "no such date" in shop.run("campaign", "done", "C-2", "withdraw-until", status=1).stderr


def test_a_spreadsheet_tells_what_was_there_and_which_row_is_wrong(shop, tmp_path):
    file = tmp_path / "c.csv"
    file.write_text("name,starts,ends\nA,2026-12-01,2026-12-02\nB,2026-12-12,2026-12-11\n", encoding="utf-8")
    assert "Row 3: It would end" in shop.run("campaigns", "import", str(file), status=1).stderr
    campaign(shop, name="A", starts="2026-12-01", ends="2026-12-02")
    file.write_text("name,starts,ends\nA,2026-12-01,2026-12-03\nB,2026-12-12,2026-12-12\n", encoding="utf-8")
    told = shop.run("campaigns", "import", str(file)).stderr
    assert "1 campaign read in, 1 that is here already stays as it is" in told
