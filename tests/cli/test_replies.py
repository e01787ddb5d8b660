"""Replies, lint, messages and reviews as a script calls them."""

from __future__ import annotations

import pytest


@pytest.fixture
def case(shop):
    shop.add("message", sku="MUG-SET-4", buyer="anucha_k", order="576981590830166131", product="Mug", channel="chat",
             content="#evening", opened="2026-11-24T08:30")  # fmt: skip
    return shop


def test_a_message_is_answered_with_a_reply_in_one_step(case):
    before = case.json("ticket", "show", "T-1"), case.json("reply", "show", "missing-part")
    done = case.run("reply", "use", "missing-part", "--for", "T-1", "--answered", "--language", "en")
    assert done.stdout.startswith("Hi anucha_k, I am sorry that a part of Mug was missing.")
    after = case.json("ticket", "show", "T-1")
    assert (after["stage"], after["rounds"][0]["answered_at"]) == ("wait", "2026-11-24T09:00:00+07:00")
    assert after["timeline"][-1]["source"] == "missing-part en"
    assert case.json("reply", "show", "missing-part")["used"] == 1
    case.run("undo")
    assert (case.json("ticket", "show", "T-1"), case.json("reply", "show", "missing-part")) == before


def test_what_is_missing_refuses_and_saves_nothing(case):
    done = case.run("reply", "use", "where-is-my-order", "--for", "T-1", "--answered", status=1)
    assert done.stdout == ""
    assert "{tracking}" in done.stderr
    assert "{last_scan}" in done.stderr
    found = case.json("reply", "use", "where-is-my-order", "--for", "T-1", status=1)
    assert (found["text"], found["missing"]) == (None, ["tracking", "last_scan"])
    assert case.json("reply", "show", "where-is-my-order")["used"] == 0
    given = ["--set", "tracking=TH0123456789012", "--set", "LAST_SCAN=Bangkok"]
    assert "Bangkok" in case.run("reply", "use", "where-is-my-order", "--for", "T-1", *given, "--language", "en").stdout


def test_a_block_is_not_copied_and_a_typed_value_counts_in_full(shop):
    shop.run("reply", "add", "bad", "--text", "Hi {buyer}, leave us five stars please")
    assert shop.json("reply", "show", "bad")["findings"][0]["level"] == "block"
    found = shop.json("reply", "use", "bad", "--set", "buyer=x", status=1)
    assert (found["text"], found["findings"][0]["class"]) == (None, 3)
    shop.run("reply", "add", "call", "--text", "Hi {buyer}, write to {where}")
    found = shop.json("reply", "use", "call", "--set", "buyer=x", "--set", "where=081-234-5678", status=1)
    assert (found["findings"][0]["level"], found["findings"][0]["in"]) == ("block", "where")
    shop.run("reply", "edit", "bad", "--allow", "five-stars=quoted from the platform")
    assert shop.json("reply", "use", "bad", "--set", "buyer=x")["findings"][0]["allowed"] == "quoted from the platform"


def test_hostile_values_are_text(shop):
    shop.add("message", buyer="{order}", order="576981590830166131")
    shop.add("message", buyer="[bold]x[/bold]")
    shop.run("reply", "add", "hi", "--text", "Hi {buyer}, it is on the way")
    assert shop.json("reply", "use", "hi", "--for", "T-1")["text"] == "Hi {order}, it is on the way"
    assert shop.json("reply", "use", "hi", "--for", "T-2")["text"] == "Hi [bold]x[/bold], it is on the way"


def test_shipped_replies_lie_under_ones_own(shop):
    shop.run("reply", "edit", "genuine", "--text", "Mine")
    mine = shop.json("reply", "show", "genuine")
    assert (mine["shipped"], mine["text"]["en"], "zh" in mine["text"]) == (False, "Mine", True)
    shop.run("reply", "delete", "genuine")
    assert shop.json("reply", "show", "genuine")["shipped"]
    shop.run("reply", "delete", "genuine")
    assert shop.json("reply", "show", "genuine")["hidden"]
    assert "genuine" not in [each["key"] for each in shop.json("replies")["replies"]]
    shop.run("reply", "edit", "genuine", "--show")
    assert not shop.json("reply", "show", "GENUINE")["hidden"]


def test_a_read_only_folder_prints_and_tells(case):
    (case.data / "workbench.json").chmod(0o400)
    case.data.chmod(0o500)
    try:
        done = case.run("reply", "use", "hello", "--for", "T-1", "--language", "en")
    finally:
        case.data.chmod(0o700)
        (case.data / "workbench.json").chmod(0o600)
    assert done.stdout.startswith("Hi anucha_k, welcome")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["reply", "use", "hello", "--for", ""], 1, "There is no ticket"),
        (["replies", "--for", ""], 1, "There is no ticket"),
        (["reply", "use", "hello", "--for", "", "--answered"], 1, "There is no ticket"),
        (["reply", "use", "hello", "--language", ""], 2, "not a language tag"),
        (["reply", "use", "hello", "--language", "e\x01n"], 2, "not a language tag"),
        (["replies", "--language", "a b"], 2, "not a language tag"),
        (["reply", "use", "hello", "--channel", "fax"], 2, "There is no channel"),
        (["reply", "use", "x" * 9000], 1, f'There is no reply "{"x" * 80}~".'),
        (["reply", "add", "x" * 9000, "--text", "y"], 2, f'"{"x" * 80}~" is not a key'),
        (["questions", "--weeks", "99999999"], 2, "a number from 1 to 520"),
        (["questions", "--weeks", "9" * 5000], 2, "a number from 1 to 520"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(case, words, status, said):
    before = case.json("reply", "show", "hello")
    done = case.run(*words, status=status)
    assert (done.stdout, said in done.stderr) == ("", True)
    assert case.json("reply", "show", "hello") == before


def test_another_language_and_a_field_that_is_not_there_are_told(case):
    done = case.run("reply", "use", "hello", "--language", "th", "--set", "nope=1")
    assert 'There is no text in "th"; this one is "' in done.stderr
    assert "{nope} is not in this text." in done.stderr
    assert "There is no text" not in case.run("reply", "use", "hello", "--language", "zh-Hant-TW").stderr


def test_blank_words_are_none_and_chinese_commas_part_a_cell(shop, tmp_path):
    shop.run("reply", "add", "mine", "--text", "x", "--word", " ", "--word", "lamp")
    assert shop.json("reply", "show", "mine")["words"] == ["lamp"]
    sheet = tmp_path / "mine.csv"
    sheet.write_text("key,language,text,markets\nmine,en,Leave us five stars,US；TH、VN\n", "utf-8")
    done = shop.run("replies", "import", str(sheet))
    assert shop.json("reply", "show", "mine")["for"]["markets"] == ["US", "TH", "VN"]
    assert '"mine" (en) is not copied as it is: five-stars' in done.stderr


def test_a_greeting_alone_answers_nothing_in_the_us(us_shop):
    us_shop.add("message", buyer="kay")
    us_shop.run("reply", "add", "hey", "--text", "Hello {buyer}!")
    done = us_shop.run("reply", "use", "hey", "--for", "T-1", "--answered")
    assert "still waits" in done.stderr
    assert us_shop.json("ticket", "show", "T-1")["stage"] == "reply"


def test_lint_says_where_and_fails_on_a_block(shop, tmp_path):
    text = tmp_path / "card.txt"
    text.write_text("Scan it\nadd my whatsapp now", encoding="utf-8")
    found = shop.json("lint", text, "--channel", "parcel", status=1)["findings"]
    assert {each["rule"] for each in found} == {"platform-contact"}
    assert all(each["file"] == str(text) for each in found)
    text.write_text("Wash cold.", encoding="utf-8")
    assert shop.json("lint", text)["findings"] == []
    shop.run("lint", text, "--channel", "nowhere", status=2)


def test_the_spreadsheet_changes_nothing_and_then_what_was_changed(shop, tmp_path):
    file = tmp_path / "replies.csv"
    shop.run("reply", "add", "mine", "--text", "=1+1 {buyer}", "--title", "Sum", "--word", "a, b", "--kind", "message")
    shop.run("replies", "export", "--output", file)
    assert shop.json("replies", "import", file)["changed"] == 0
    rows = file.read_text("utf-8-sig")
    assert "'=1+1" in rows
    file.write_text(
        'key,language,text,category\nmine,en,,presale\nnew,th,"\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",\n'
        " bad key,en,x,\n",
        encoding="utf-8",
    )
    found = shop.json("replies", "import", file)
    assert (found["new"], found["changed"], len(found["refused"])) == (1, 1, 1)
    mine = shop.json("reply", "show", "mine")
    assert (mine["text"]["en"], mine["category"], mine["words"]) == ("=1+1 {buyer}", "presale", ["a, b"])


def test_messages_are_measured(case):
    found = case.json("messages", "--content", "evening", "--first", "1")
    assert (found["count"], found["waiting"], found["rate"], found["target"]) == (1, 1, None, "0.850000")
    case.run("ticket", "act", "T-1", "answer")
    for verb in ("messages", "reviews"):
        case.run(verb, "--from", "2026-11-02", "--to", "2026-11-01", status=2)
    found = case.json("messages")
    assert (found["rate"], found["misses_left"], found["median_minutes"]) == ("1.000000", 0, 30.0)
    case.run("ticket", "act", "T-1", "wrote")
    assert case.json("messages")["count"] == 2


def test_a_message_line_keeps_where_it_came_from(case):
    assert case.json("ticket", "show", "T-1")["content"] == "evening"
    assert len(case.json("queue", "--filter", "content:evening channel:chat")["tickets"]) == 1
    assert case.json("queue", "--filter", "content:morning")["tickets"] == []


def test_a_bad_review_goes_its_way(shop):
    shop.add("bad_review", sku="LAMP-WHT", stars="1", cause="quality", opened="2026-11-24T06:00")
    ticket = shop.json("ticket", "show", "T-1")
    assert (ticket["goal_at"] or ticket["due_at"]) == "2026-11-24T10:00:00+07:00"
    assert ticket["may_ask"]["answer"] == "advised"
    for action, stage in (("report", "dispute"), ("lost", "reply"), ("answer", "contact"), ("report", "dispute")):
        shop.run("ticket", "act", "T-1", action)
        assert shop.json("ticket", "show", "T-1")["stage"] == stage
    shop.run("ticket", "act", "T-1", "lost")
    shop.run("ticket", "act", "T-1", "contacted")
    shop.run("ticket", "act", "T-1", "solved")
    shop.run("ticket", "edit", "T-1", "--offered", "a new lamp", "--cost", "5 THB")
    (row,) = shop.json("reviews")["reviews"]
    assert (row["sku"], row["cause"], row["in_time"], row["solved"], row["cost"]["amount"]) == (
        "LAMP-WHT",
        "quality",
        1,
        1,
        "5",
    )


def test_a_review_is_reported_within_the_window(tmp_path):
    from tests.cli.conftest import Shop

    shop = Shop(tmp_path, "VN")
    shop.add("bad_review", opened="2026-10-25T08:00")
    assert shop.json("ticket", "show", "T-1")["report_by"] == "2026-11-24T00:00:00+07:00"
    shop.run("ticket", "act", "T-1", "report", status=1)


def test_questions_say_what_has_no_answer(case):
    case.run("log", "MUG-SET-4 size @T-1 too small")
    case.run("log", "LAMP-WHT price x3 cheaper elsewhere")
    found = case.json("questions")["questions"]
    assert [(each["sku"], each["type"], each["count"]) for each in found] == [
        ("LAMP-WHT", "price", 3),
        ("MUG-SET-4", "size", 1),
    ]
    assert found[0]["reply"] is not None


def test_today_tells_how_messages_stand(case):
    assert case.json("today")["messages"] == {
        "rate": None, "target": "0.850000", "misses_left": 0, "waiting": 1, "automatic": 0,
    }  # fmt: skip
    case.add("message", opened="2026-11-23T18:00", automatic="yes")
    found = case.json("today")["messages"]
    assert (found["rate"], found["waiting"], found["automatic"]) == ("0.000000", 2, 1)


def test_the_detail_says_what_a_review_and_a_message_are(us_shop):
    us_shop.add("bad_review", stars="1", opened="2026-11-23T18:00")
    shown = us_shop.run("ticket", "show", "T-1").stdout
    assert "the first rating counts for good" in shown
    assert "forbids requesting changes" in shown
    us_shop.add("message", channel="live", content="evening", automatic="yes")
    shown = us_shop.run("ticket", "show", "T-2").stdout
    assert "live   #evening   a card answered" in shown


def test_forget_takes_the_words_that_were_sent(case):
    case.run("reply", "use", "missing-part", "--for", "T-1", "--answered", "--language", "en")
    case.run("ticket", "act", "T-1", "solved")
    case.run("forget", "--before", "2026-11-25", "--yes")
    assert "anucha_k" not in (case.data / "workbench.json").read_text(encoding="utf-8")


def test_the_rate_of_reviews_needs_deliveries_that_files_cover(tmp_path):
    from tests.cli.conftest import Shop
    from tests.intake.builders import ORDERS, csv_file, ordered

    shop = Shop(tmp_path, "US")
    rows = [
        ordered(
            Order_ID=f"5769512807430509{10 + n}", Order_Status="Completed", Seller_SKU="CUP" if n < 8 else "MUG",
            Created_Time=f"{day} 09:00:00 AM", Paid_Time=f"{day} 09:10:00 AM", Shipped_Time=f"{day} 10:00:00 AM",
            Delivered_Time="" if n % 4 == 3 or n > 9 else "11/19/2026 08:00:00 PM",
        )
        for n in range(12)
        for day in [f"11/{9 + n}/2026"]
    ]  # fmt: skip
    shop.run("import", str(csv_file(tmp_path, rows, ORDERS)))
    shop.add("bad_review", sku="CUP", stars="1", opened="2026-11-19T06:00")
    shop.add("bad_review", stars="2", opened="2026-11-19T06:00")
    nameless, named = shop.json("reviews", "--from", "2026-11-10", "--to", "2026-11-19")["reviews"]
    assert (named["count"], named["deliveries"], named["rate"]) == (1, 6, "0.166667")
    assert (nameless["deliveries"], nameless["rate"]) == (None, None)
    (_nameless, named) = shop.json("reviews")["reviews"]
    assert (named["deliveries"], named["rate"]) == (None, None)


def test_the_week_turns_by_content(shop):
    for line in (
        "2026-11-17 MUG size x2 #evening small",
        "2026-11-18 MUG size #live8 small",
        "2026-11-19 LAMP size big",
    ):
        shop.run("log", line)
    rows = shop.json("report", "--week", "2026-W47", "--content", "#Evening")["rows"]
    assert [(row["sku"], row["count"]) for row in rows] == [("MUG", 2)]
    assert "#evening" in shop.run("report", "--week", "2026-W47", "--content", "evening").stdout
    assert len(shop.json("issues", "--content", "live8")["issues"]) == 1
