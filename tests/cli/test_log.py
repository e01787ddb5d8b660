"""The evening log through the program: `log`, `issues`, `report`, and what rises in `today`."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest

from tests.cli.conftest import ROOT

HOSTILE = [
    'says "too small", twice', "tab\there", "line\nbreak\r\nand another", "[bold]markup[/] <b>html</b> & *md* _x_ `y`",
    "\x1b[31mred\x1b]0;title\x07 bell\x08", "=HYPERLINK(\"http://evil\")", "+1+1", "-2", "@SUM(A1)", "'=quoted'",
    "太小了，退货", "broken \U0001f622\U0001f469\u200d\U0001f469", "\u202eevil\u2066", "  two blanks, one behind ",
    "\t=1+1", "x" * 5000, "\\ \" ' ` $ % | ; ~", "x2 @T-9 not a count", "\uff1d1+1", "",
]  # fmt: skip


def issues(shop, *options):
    return shop.json("issues", *options)["issues"]


def test_an_evening_of_twenty_issues(shop):
    """Every line is saved as it was typed, numbered, and shown again; words are kept to the last character."""
    shop.now = "2026-11-24T21:30"
    for number, words in enumerate(HOSTILE, 1):
        line = f"SKU-{number % 3} size x1 @- {words}"
        issue = shop.json("log", line)
        assert list(issue) == ["id", "day", "sku", "type", "words", "count", "ticket", "logged_at"]
        assert issue == {
            "id": f"I-{number}", "day": "2026-11-24", "sku": f"SKU-{number % 3}", "type": "size", "words": words,
            "count": 1, "ticket": None, "logged_at": "2026-11-24T21:30:00+07:00",
        }  # fmt: skip
    assert [issue["words"] for issue in issues(shop)] == HOSTILE
    assert [row["words"] for row in shop.json("report", "--week", "2026-W48")["rows"]] == [
        [words for number, words in enumerate(HOSTILE, 1) if number % 3 == rest] for rest in (1, 2, 0)
    ]
    for command in (["issues"], ["report", "--week", "2026-W48"], ["report", "--week", "2026-W48", "--format", "md"],
                    ["report", "--week", "2026-W48", "--format", "html"], ["history"]):  # fmt: skip
        shown = shop.run(*command).stdout
        assert not any(char in shown for char in "\x1b\x07\x08\u202e\u2066\r"), command
    # Back from a spreadsheet: every word as it was, in another directory.
    file = shop.data.parent / "log.csv"
    shop.run("issues", "--csv", str(file))
    with file.open(encoding="utf-8-sig", newline="") as text:
        cells = [cell for row in csv.reader(text) for cell in row]
    assert not any(
        cell.lstrip()[:1] in ("=", "+", "-", "@", "\uff1d") or cell[:1] in ("\t", "\r") for cell in cells if cell
    )
    before = [{**issue, "id": None} for issue in issues(shop)]
    shop.data = shop.data.parent / "other"
    done = shop.json("log", "--import", str(file))
    assert (done["new"], done["known"], done["refused"]) == (20, 0, [])
    assert [{**issue, "id": None} for issue in issues(shop)] == before
    assert shop.json("log", "--import", str(file))["known"] == 20
    assert shop.json("undo") == {"undone": "log.csv imported, 20 issues"}
    assert issues(shop) == []


@pytest.mark.parametrize(
    ("line", "day", "sku", "type", "count", "ticket", "words"),
    [
        ("yesterday LAMP late x3 @t-7 where is it", "2026-11-23", "LAMP", "late", 3, "T-7", "where is it"),
        ("2026-11-20 LAMP missing part a screw", "2026-11-20", "LAMP", "missing_part", 1, None, "a screw"),
        ("周一 LAMP 偏小 太小了", "2026-11-23", "LAMP", "size", 1, None, "太小了"),
        ("edit size too small", "2026-11-24", "edit", "size", 1, None, "too small"),
        ("delete other I-1", "2026-11-24", "delete", "other", 1, None, "I-1"),
        ('"Red Dress" Damaged in transit', "2026-11-24", "Red Dress", "damaged", 1, None, ""),
        ("-5 size a SKU that begins with a minus sign", "2026-11-24", "-5", "size", 1, None,
         "a SKU that begins with a minus sign"),
    ],
)  # fmt: skip
def test_a_line_is_read_by_its_parts(shop, line, day, sku, type, count, ticket, words):
    issue = shop.json("log", line)
    assert [issue[name] for name in ("day", "sku", "type", "count", "ticket", "words")] == [
        day, sku, type, count, ticket, words,
    ]  # fmt: skip


def test_a_line_behind_two_dashes_is_only_a_line(shop):
    assert shop.json("log", "--json", "--", "-h size words")["sku"] == "-h"


def test_what_is_wrong_with_a_call_is_said_and_nothing_is_saved(shop):
    for line, said in (
        ("LAMP", "issue type is missing"), ("LAMP nonsense words", "size, colour, quality"), ("", "SKU is missing"),
        ('"LAMP size', "quote"), ("LAMP size x0 words", "x0"), ("2026-13-01 LAMP size", "not a day"),
        ("1726-11-24 LAMP size", "too far away"),
    ):  # fmt: skip
        assert said in shop.run("log", line, status=2).stderr
    for words in (["log"], ["log", "--none", "LAMP size"], ["log", "--dry-run", "LAMP size"], ["log", "edit", "I-1"],
                  ["log", "--none", "--day", "soon"], ["report", "--week", "2026-W54"], ["report", "--format", "pdf"],
                  ["issues", "--from", "2026-11-24", "--to", "2026-11-01"]):  # fmt: skip
        shop.run(*words, status=2)
    for words in (["log", "edit", "I-1", "LAMP size"], ["log", "delete", "I-1"], ["log", "delete", "7"],
                  ["log", "--import", "no.csv"], ["report", "--output", "/nowhere/x.html"]):  # fmt: skip
        shop.run(*words, status=1)
    assert not shop.data.exists()


def test_an_ambiguous_name_is_answered_with_its_candidates(shop):
    with shop.config.open("a", encoding="utf-8") as file:
        for id in ("fit", "length"):
            file.write(f'[[issue_types]]\nid = "{id}"\nname = {{ en = "{id}", zh = "{id}" }}\n'
                       f'short = {{ en = "{id}", zh = "{id}" }}\naliases = ["long"]\n'
                       f'check = {{ en = "measure", zh = "量" }}\n')  # fmt: skip
    told = shop.run("log", "LAMP long words", status=2).stderr
    assert "fit" in told
    assert "length" in told


def test_edit_and_delete_and_back_again(shop):
    first = shop.json("log", "LAMP size too small")
    shop.now = "2026-11-25T22:00"
    states = [issues(shop)]
    changed = shop.json("log", "edit", "i-1", "LAMP colour x2 too green")
    assert changed == first | {"type": "colour", "count": 2, "words": "too green"}
    states.append(issues(shop))
    assert shop.json("log", "edit", "I-1", "2026-11-20 LAMP2 colour")["day"] == "2026-11-20"
    states.append(issues(shop))
    assert shop.json("log", "delete", "I-1")["sku"] == "LAMP2"
    states.append(issues(shop))
    assert states[-1] == []
    for state in reversed(states[:-1]):
        shop.run("undo")
        assert issues(shop) == state
    for state in states[1:]:
        shop.run("redo")
        assert issues(shop) == state
    assert shop.json("log", "LAMP size")["id"] == "I-2"
    texts = [action["text"] for action in shop.json("history")["actions"]]
    assert texts == ["I-2 logged", "I-1 deleted", "I-1 changed", "I-1 changed", "I-1 logged"]


def test_a_day_with_nothing_wrong(shop):
    none = {"day": "2026-11-23", "sku": None, "type": None, "words": "", "count": 0, "ticket": None}
    first = shop.json("log", "--none", "--day", "yesterday")
    assert first == {"id": "I-1", **none, "logged_at": "2026-11-24T09:00:00+07:00"}
    assert shop.json("log", "--none", "--day", "2026-11-23") == first
    assert len(shop.json("history")["actions"]) == 1
    assert "nothing wrong" in shop.run("issues").stdout
    shop.run("log", "yesterday LAMP size")
    assert [issue["id"] for issue in issues(shop)] == ["I-2"]
    assert "I-2" in shop.run("log", "--none", "--day", "yesterday", status=1).stderr
    shop.run("undo")
    assert [issue["id"] for issue in issues(shop)] == ["I-1"]
    assert shop.json("report", "--week", "2026-W48") == {"week": "2026-W48", "rows": []}


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-01T03:59:59-08:00", "2026-10-31"), ("2026-11-01T04:00-08:00", "2026-11-01"),
        ("2026-11-01T01:30-07:00", "2026-10-31"), ("2026-11-01T01:30-08:00", "2026-10-31"),
        ("2027-03-14T03:59-07:00", "2027-03-13"), ("2027-03-14T04:00-07:00", "2027-03-14"),
        ("2027-01-04T03:00-08:00", "2027-01-03"),
    ],
)  # fmt: skip
def test_the_day_ends_at_four_by_the_clock_of_the_shop(us_shop, now, day):
    us_shop.now = now
    assert us_shop.json("log", "LAMP size")["day"] == day
    # The last complete week is one of the log's days, too.
    last = (date.fromisoformat(day) - timedelta(days=date.fromisoformat(day).weekday() + 7)).isocalendar()
    assert us_shop.json("report")["week"] == f"{last.year}-W{last.week:02}"


def label(day: date) -> str:
    return "{}-W{:02}".format(*day.isocalendar())


def naive_rising(log, sku, type, day):
    def count(first, last):
        return sum(n for d, s, t, n, _ in log if (s, t) == (sku, type) and first <= (day - d).days <= last)

    return count(2, 2) < count(1, 1) < count(0, 0) or count(0, 6) >= 3


def naive_report(log, week, today):
    monday = date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
    rows = []
    for sku, type in {(s, t) for _, s, t, _, _ in log}:
        sums = [
            sum(
                n
                for d, s, t, n, _ in log
                if (s, t) == (sku, type) and label(d) == label(monday - timedelta(days=7 * ago))
            )
            for ago in range(5)
        ]
        words = [
            w for d, s, t, n, w in sorted(log, key=lambda line: line[0]) if (s, t) == (sku, type) and label(d) == week
        ]
        on = today if label(today) == week else monday + timedelta(days=6)
        if sums[0] or sums[1]:
            rows.append({"sku": sku, "type": type, "count": sums[0], "last_week": sums[1], "mean4": sum(sums[1:]) / 4,
                         "words": words, "rising": naive_rising(log, sku, type, on)})  # fmt: skip
    return sorted(rows, key=lambda row: (-row["count"], row["sku"], row["type"]))


@pytest.mark.parametrize(
    ("seed", "today", "weeks"),
    [
        (1, date(2027, 1, 6), ["2026-W53", "2027-W01", "2026-W51"]),
        (2, date(2026, 1, 3), ["2026-W01", "2025-W52"]),
        (3, date(2021, 1, 9), ["2020-W53", "2021-W01"]),
        (4, date(2026, 11, 24), ["2026-W44", "2026-W48"]),
    ],
)
def test_reports_are_what_an_independent_program_computes(shop, seed, today, weeks):
    pick = random.Random(seed)
    log = [
        (today - timedelta(days=int(pick.expovariate(0.04)) % 120), pick.choice(["B", "A", "a b"]),
         pick.choice(["size", "late", "wrong_item"]), pick.choice([1, 1, 2, 5]), f"w{n}")
        for n in range(150)
    ]  # fmt: skip
    file = shop.data.parent / "own.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([("Date", "Item", "Reason", "Qty", "Notes"), *log])
    shop.now = f"{today}T23:00"
    shop.run("log", "--import", str(file))
    for week in weeks:
        found = shop.json("report", "--week", week)
        assert found["week"] == week
        assert list(found["rows"][0])[:8] == [
            "sku", "type", "count", "last_week", "mean4", "words", "check", "rising",
        ]  # fmt: skip
        assert all(row["check"] for row in found["rows"])
        names = ("sku", "type", "count", "last_week", "mean4", "words", "rising")
        rows = [{name: row[name] for name in names} for row in found["rows"]]
        assert rows == naive_report(log, week, today)
    rising = [
        {"sku": sku, "type": type,
         "count": sum(n for d, s, t, n, _ in log if (s, t) == (sku, type) and 0 <= (today - d).days <= 6)}
        for sku, type in {(s, t) for _, s, t, _, _ in log} if naive_rising(log, sku, type, today)
    ]  # fmt: skip
    assert shop.json("today")["rising"] == sorted(rising, key=lambda r: (-r["count"], r["sku"], r["type"]))
    first = min(d for d, *_ in log)
    assert len(issues(shop, "--from", str(first + timedelta(days=1)), "--to", str(today))) == sum(
        d > first for d, *_ in log
    )


def test_columns_and_types_that_have_to_be_told(shop):
    file = shop.data.parent / "own.csv"
    file.write_text("When;Thing;What, in short;Said\n24/11/2026;LAMP;zu spät;wo\n23/11/2026;LAMP;late;\n", "utf-8")
    told = shop.run("log", "--import", str(file), status=1).stderr
    assert "When, Thing, What, in short, Said" in told
    assert "--columns day=HEADER" in told
    options = ["--columns", "day=When,sku=Thing,type=What, in short", "--columns", "words=Said"]
    found = shop.json("log", "--import", str(file), *options, "--dry-run")
    assert (found["new"], found["unknown"], found["date_order"]) == (1, [{"text": "zu spät", "rows": 1}], "DMY")
    assert not shop.data.exists()
    shop.run("log", "--import", str(file), *options, "--types", "zu spät=late")
    assert [(issue["day"], issue["type"], issue["words"]) for issue in issues(shop)] == [
        ("2026-11-23", "late", ""), ("2026-11-24", "late", "wo"),
    ]  # fmt: skip
    shop.run("log", "--import", str(file), "--columns", "nothing", status=2)
    shop.run("log", "--import", str(file), "--columns", "day=Nowhere", status=1)
    shop.run("log", "--import", str(file), *options, "--types", "zu spät=nonsense", status=2)


def test_a_report_is_written_whole_and_leaves_names_out_if_asked(shop):
    shop.add(kind="message", buyer="mali_b", order="576981590000000001", sku="LAMP")
    shop.run("log", "2026-11-18 LAMP quality @T-1 mali_b, order 576981590000000001, T-1: one leg is shorter")
    file = shop.data.parent / "week.html"
    for format in ("text", "md", "html"):
        shown = shop.run("report", "--format", format).stdout.replace("\\", "")
        assert all(word in shown for word in ("T-1", "mali_b", "576981590000000001", "one leg is shorter"))
        shop.run("report", "--format", format, "--anonymous", "--output", str(file))
        written = file.read_text("utf-8").replace("\\", "")
        assert "one leg is shorter" in written
        assert not any(word in written for word in ("T-1", "mali", "5769815"))
    words = shop.json("report", "--anonymous")["rows"][0]["words"]
    assert words == ["***, order ***, ***: one leg is shorter"]
    assert (file.stat().st_mode & 0o077) == 0


def test_old_issues_are_archived_and_still_there(shop):
    shop.now = "2026-06-01T21:00"
    shop.run("log", "LAMP size in spring")
    shop.now = "2026-11-24T21:00"
    assert shop.json("log", "lamp size in autumn")["sku"] == "LAMP"
    assert [file.name for file in (shop.data / "archive").iterdir()] == ["2026-06.1.json"]
    assert [issue["words"] for issue in issues(shop)] == ["in spring", "in autumn"]
    assert shop.json("report", "--week", "2026-W23")["rows"][0]["words"] == ["in spring"]
    shop.run("log", "edit", "I-1", "LAMP late in spring")
    assert [issue["type"] for issue in issues(shop, "--to", "2026-06-30")] == ["late"]
    shop.run("undo")
    assert [issue["type"] for issue in issues(shop)] == ["size", "size"]
    shop.run("log", "delete", "I-1")
    assert [issue["id"] for issue in issues(shop)] == ["I-2"]


@pytest.mark.parametrize("words", [["issues"], ["report"], ["report", "--json"], ["today"], ["log", "LAMP size tight"]])
def test_the_log_loads_nothing_heavy(shop, words):
    shop.run("log", "2026-11-18 LAMP size tight")
    heavy = ("textual", "rich", "dateutil", "holidays", "python_calamine", "icalendar", "asyncio", "email.message")
    code = (
        "import sys; from workbench.cli.main import run\n"
        f"assert run({words!r}) == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    env = {"HOME": str(shop.data.parent), "WORKBENCH_DATA": str(shop.data), "WORKBENCH_NOW": "2026-11-24T09:00Z",
           "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "WORKBENCH_CONFIG": str(shop.config)}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=True)
    loaded = done.stderr.splitlines()[-1]
    # Saving takes the lock between processes, whose library brings asyncio.
    assert loaded in ("[]", "['asyncio']" if words[0] == "log" else "[]")


def test_the_clock_of_logging_is_that_of_the_call(shop):
    shop.now = "2026-11-24T21:00:30+01:00"
    assert datetime.fromisoformat(shop.json("log", "LAMP size")["logged_at"]) == datetime.fromisoformat(shop.now)
