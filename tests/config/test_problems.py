"""Mistakes in a seller's file: each is told once, with its line and the nearest name, and the default stays."""

import time

import pytest

from workbench.config import config_file, policy
from workbench.config.overlay import LARGEST, _too_long
from workbench.i18n import render

RULE = '[[markets.US.deadlines]]\nkind = ["cancel"]\nstage = "decide"\nwithin = "6h"\n'
TYPE = '[[issue_types]]\nid = "zip"\nname = "Zip"\nshort = "zip"\ncheck = "pull it"\n'
VIEW = '[[views]]\ndigit = 1\nname = "Late"\nfilter = "due:overdue"\n'
REASON = '[[markets.US.points.reasons]]\nid = "x"\nname = "X"\nlow = 1\nhigh = 2\n'

#: text, line, key, a word that the sentence must hold
MISTAKES = [
    # names
    ('[shop]\nmarkte = "US"\n', 2, "shop.markte", '"market"'),
    ('[shpo]\nmarket = "US"\n', 1, "shpo", '"shop"'),
    ('[shop]\nmarket = "USA"\n', 2, "shop.market", '"US"'),
    ('[shop]\nmarket = "Germany"\n', 2, "shop.market", "generic, US, TH"),
    ('[markets.THA]\ncurrency = "THB"\n', 1, "markets.THA", '"TH"'),
    ('[markets.TH]\ncurrencies = "THB"\n', 2, "markets.TH.currencies", '"currency"'),
    ("[holidays.Thailand]\nadd = []\n", 1, "holidays.Thailand", "generic, US, TH"),
    ("[holidays.TH]\nadded = []\n", 2, "holidays.TH.added", '"add"'),
    ('[shop]\ntimezone = "Asia/Bankok"\n', 2, "shop.timezone", '"Asia/Bangkok"'),
    ('[shop]\ntimezone = "asia/bangkok"\n', 2, "shop.timezone", '"Asia/Bangkok"'),
    ('[shop]\ntimezone = "../../etc/passwd"\n', 2, "shop.timezone", "../../etc/passwd"),
    ('[me]\ntimezone = ""\n', 2, "me.timezone", "not known"),
    ('[shop]\ncurrency = "THX"\n', 2, "shop.currency", '"TH'),
    ('[shop]\ncurrency = "usd"\n', 2, "shop.currency", '"USD"'),
    ('[shop]\nlanguage = "chinese"\n', 2, "shop.language", "auto, en, zh"),
    ('[keys]\npreset = "vmi"\n', 2, "keys.preset", '"vim"'),
    ('[intake.status]\n"Fertig" = "Complete"\n', 2, "intake.status.Fertig", '"Completed"'),
    ('[intake.type]\n"Geld" = "refund"\n', 2, "intake.type.Geld", '"Refund only"'),
    # types and ranges
    ("[soon]\npoints = 5.0\n", 2, "soon.points", "whole number"),
    ("[soon]\npoints = nan\n", 2, "soon.points", "whole number"),
    ("[soon]\npoints = -inf\n", 2, "soon.points", "whole number"),
    ("[soon]\npoints = true\n", 2, "soon.points", "whole number"),
    ("[soon]\npoints = -1\n", 2, "soon.points", "0 to 1000"),
    ("[soon]\npoints = 99999999999999999999\n", 2, "soon.points", "0 to 1000"),
    ('[soon]\npoints = "5"\n', 2, "soon.points", "without quotes"),
    ("[soon]\ntickets = 24\n", 2, "soon.tickets", '"24h"'),
    ('[soon]\ntickets = "24 hours"\n', 2, "soon.tickets", '"24h"'),
    ('[soon]\ntickets = "2wd"\n', 2, "soon.tickets", '"24h"'),
    ('[soon]\ntickets = "0h"\n', 2, "soon.tickets", "0h"),
    ('[soon]\ntickets = "-5d"\n', 2, "soon.tickets", "-5d"),
    ('[soon]\ntickets = "99999d"\n', 2, "soon.tickets", "a year at most"),
    ('[shop]\nday_ends_at = "25:00"\n', 2, "shop.day_ends_at", '"04:00"'),
    ('[shop]\nday_ends_at = "04:61"\n', 2, "shop.day_ends_at", '"04:00"'),
    ('[shop]\nday_ends_at = "23:00"\n', 2, "shop.day_ends_at", "before noon"),
    ("[shop]\nday_ends_at = 4\n", 2, "shop.day_ends_at", '"04:00"'),
    ("soon.points." + "a." * 5_000 + "b = 1\n", 1, "", "too many parts"),
    ("soon.points = [[1], 2]\n", 1, "soon.points", "[...] does not fit"),
    ("shop = 5\n", 1, "shop", "a table"),
    ('[[shop]]\nmarket = "US"\n', 1, "shop", "one bracket"),
    ("markets = []\n", 1, "markets", "a table"),
    ('[display]\ntheme = "Dark Mode"\n', 2, "display.theme", "name of a theme"),
    ('[display]\ntheme = "\\u001b[31m"\n', 2, "display.theme", "\\u001b"),
    ('[calendar]\nwrite_to = "cal.ics"\n', 2, "calendar.write_to", "whole path"),
    ('[calendar]\nwrite_to = "~nobodyhere/cal.ics"\n', 2, "calendar.write_to", "whole path"),
    ("[intake]\ndownloads = false\n", 2, "intake.downloads", '"auto"'),
    ('[keys.bind]\n"ticket.act" = 5\n', 2, "keys.bind.ticket.act", "name of a key"),
    ('[holidays.TH]\nadd = ["2026-12-31"]\n', 2, "holidays.TH.add[1]", "without quotes"),
    ("[holidays.TH]\nadd = [\n  2026-12-30,\n  2026-12-31T10:00:00,\n]\n", 4, "holidays.TH.add[2]", "without quotes"),
    ("[holidays.TH]\nstrike = 1999-12-31\n", 2, "holidays.TH.strike", "1999-12-31"),
    # rules
    (RULE + 'sorce = "me"\n', 5, "markets.US.deadlines[1].sorce", '"source"'),
    (RULE.replace("cancel", "cancle"), 2, "markets.US.deadlines[1].kind[1]", '"cancel"'),
    (RULE.replace('["cancel"]', "[]"), 2, "markets.US.deadlines[1].kind", "one of cancel"),
    (RULE.replace("decide", "decision"), 3, "markets.US.deadlines[1].stage", '"decide"'),
    (RULE.replace("decide", "closed"), 3, "markets.US.deadlines[1].stage", "not known"),
    (RULE.replace("6h", "6 hours"), 4, "markets.US.deadlines[1].within", '"1wd"'),
    (RULE.replace("6h", "900wd"), 4, "markets.US.deadlines[1].within", "a year at most"),
    (RULE + 'when = "amount is large"\n', 5, "markets.US.deadlines[1].when", '"amount > 100"'),
    (RULE + 'when = "amount > -5"\n', 5, "markets.US.deadlines[1].when", '"amount > 100"'),
    (RULE + f'when = "amount > 1{"0" * 400}"\n', 5, "markets.US.deadlines[1].when", '"amount > 100"'),
    (RULE + 'due_kind = "platfrom"\n', 5, "markets.US.deadlines[1].due_kind", '"platform"'),
    (RULE + 'on_timeout = "approve"\n', 5, "markets.US.deadlines[1].on_timeout", '"approved"'),
    (RULE + 'effective = "2026-01-01"\n', 5, "markets.US.deadlines[1].effective", "without quotes"),
    (RULE + "assumed = 1\n", 5, "markets.US.deadlines[1].assumed", "true or false"),
    (RULE.replace('within = "6h"\n', ""), 1, "markets.US.deadlines[1]", '"within"'),
    (RULE + RULE.replace("6h", "soon"), 8, "markets.US.deadlines[2].within", '"1wd"'),
    (RULE.replace("[[", "[").replace("]]", "]"), 1, "markets.US.deadlines", "two brackets"),
    ("[markets.US]\ndeadlines = [5]\n", 2, "markets.US.deadlines[1]", "a table"),
    ("[markets.US]\ndisputable_days = 0\n", 2, "markets.US.disputable_days", "1 to 366"),
    ('[markets.US]\nholidays = "XX"\n', 2, "markets.US.holidays", '"XX"'),
    ('[markets.US]\nholidays = "Thailand"\n', 2, "markets.US.holidays", '"TH"'),
    # points
    ("[markets.US.points]\nlimt = 48\n", 2, "markets.US.points.limt", '"limit"'),
    ('[markets.US.points]\nsystem = "climbing"\n', 2, "markets.US.points.system", '"climb"'),
    ("[markets.US.points.appeals]\ntries = 3\n", 2, "markets.US.points.appeals.tries", "1 to 2"),
    ("[[markets.US.points.validity]]\ndays = 0\n", 2, "markets.US.points.validity[1].days", "1 to 3660"),
    ("[markets.US.points]\nvalidity = []\n", 2, "markets.US.points.validity", "empty"),
    (REASON.replace("low = 1", "low = 3"), 1, "markets.US.points.reasons[1]", "low is above high"),
    (REASON + REASON, 7, "markets.US.points.reasons[2].id", "twice"),
    # types of issue and views
    (TYPE + TYPE, 7, "issue_types[2].id", "twice"),
    (TYPE.replace('short = "zip"', 'short = "zip fastener"'), 4, "issue_types[1].short", "7 cells"),
    (TYPE.replace('short = "zip"', 'short = { en = "zip", zh = "拉链坏掉了" }'), 4, "issue_types[1].short", "7 cells"),
    (TYPE.replace('name = "Zip"', 'name = { en = "Zip", cn = "拉链" }'), 3, "issue_types[1].name", '"cn"'),
    (TYPE.replace('name = "Zip"', 'name = ""'), 3, "issue_types[1].name", "a text"),
    (TYPE.replace('id = "zip"', 'id = "Zip!"'), 2, "issue_types[1].id", "small letters"),
    (TYPE + 'alias = ["zipper"]\n', 6, "issue_types[1].alias", '"aliases"'),
    (VIEW + VIEW, 6, "views[2].digit", "twice"),
    (VIEW.replace("= 1", "= 0"), 2, "views[1].digit", "1 to 9"),
    (VIEW.replace("due:overdue", "kind:refnd_only"), 4, "views[1].filter", "refund_only"),
    (VIEW.replace('filter = "due:overdue"\n', ""), 1, "views[1]", '"filter"'),
    # the file as a whole
    ('[shop]\nmarket = "US"\nlanguage = en\n', 3, "", "TOML"),
    ('[shop]\nmarket = "US"\nmarket = "TH"\n', 3, "", "TOML"),
    ("x = " + "[" * 100_000, None, "", "TOML"),
    ("x = " + "9" * 5_000, None, "", "TOML"),
    (b"[shop]\nmarket = 'US'\n# caf\xe9\n", 3, "", "UTF-8"),
    ("[shop]\nmarket = 'US'\n".encode("utf-16"), 1, "", "UTF-8"),
    (b"#" + b"x" * LARGEST, None, "", "too large"),
]


@pytest.mark.parametrize(("text", "line", "key", "word"), MISTAKES, ids=range(len(MISTAKES)))
def test_one_mistake_is_one_problem_and_the_default_stays(seller, shipped, text, line, key, word):
    loaded = seller(text)
    (problem,) = loaded.problems
    assert (problem.line, problem.key) == (line, key)
    assert problem.file == loaded.overlay.file
    told = render(problem.what)
    assert word in told
    assert told.isprintable()
    assert told.endswith((".", "?"))
    settings = loaded.settings
    for name in ("shop", "soon", "me", "display", "keys", "calendar", "views", "routines", "issue_types"):
        assert getattr(settings, name) == getattr(shipped.settings, name)
    assert policy(settings, "US").rules == policy(shipped.settings, "US").rules
    assert policy(settings, "US").fingerprint == policy(shipped.settings, "US").fingerprint


def test_every_mistake_of_a_file_is_told_in_the_order_of_its_lines(seller):
    loaded = seller('[soon]\npoints = -1\ntickets = "1h"\n[shop]\nmarket = "USA"\nlanguge = "zh"\ncurrency = "EUR"\n')
    assert [(each.line, each.key) for each in loaded.problems] == [
        (2, "soon.points"),
        (5, "shop.market"),
        (6, "shop.languge"),
    ]
    assert loaded.settings.soon.tickets.total_seconds() == 3600, "what is right is used"
    assert (loaded.settings.shop.market, loaded.settings.shop.currency) == ("generic", "EUR")


def test_both_mistakes_of_one_rule_are_told(seller):
    loaded = seller('[[markets.US.deadlines]]\nkind = ["cancle"]\nstage = "decide"\nwithin = "6"\n')
    assert [each.line for each in loaded.problems] == [2, 4]


def test_a_list_with_a_mistake_in_one_rule_is_not_taken(seller, shipped):
    loaded = seller(RULE + RULE.replace("6h", "6 h"))
    assert policy(loaded.settings, "US").rules == policy(shipped.settings, "US").rules


def test_what_is_right_beside_a_wrong_day_is_used(seller):
    loaded = seller('[holidays.TH]\nadd = [2026-12-30, "x", 2026-12-31]\n')
    assert [day.day for day in loaded.settings.days_off("TH").add] == [30, 31]


def test_control_characters_of_the_file_never_reach_the_sentence(seller):
    (problem,) = seller('["\\u001b]0;x\\u0007"]\na = 1\n').problems
    assert render(problem.what).isprintable()
    assert problem.key.isprintable()


def test_a_folder_in_place_of_the_file_is_a_problem(seller, tmp_path):
    from workbench.config import load

    (problem,) = load(tmp_path).problems
    assert (problem.line, problem.key) == (None, "")


def test_the_usual_place_of_the_file(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config_file() == tmp_path / "workbench" / "config.toml"


@pytest.mark.parametrize("part", ["a", '"a b"', "'.'", "shop"])
@pytest.mark.parametrize("form", ["{key} = 1", "[{key}]", "[[{key}]]", "x = {{ {key} = 1 }}", "{key}"])
def test_a_key_of_very_many_parts_is_one_sentence_at_once(seller, part, form):
    key = " . ".join([part] * (200_000 // (len(part) + 3)))
    began = time.process_time()
    loaded = seller(f"[shop]\n# {'a.' * 100}\nmarket = '{'b.' * 100}'\n{form.format(key=key)}\n")
    assert time.process_time() - began < 2
    (problem,) = loaded.problems
    assert problem.line == 4
    assert problem.what.text.startswith("A key here has too many parts.")


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "a " * 100_000, '"' + '\\"' * 100_000, "' " * 100_001, "a.a" * 60_000 + "!"]
)
def test_looking_for_long_keys_takes_no_time_on_other_text(text):
    began = time.process_time()
    assert _too_long(f"x = 1\n{text}") in (None, 2)
    assert time.process_time() - began < 1


def test_dots_in_texts_and_comments_are_no_parts(seller):
    loaded = seller(f"# {'a.' * 100}\n[calendar]\nwrite_to = '/{'b.' * 70}'\n")
    assert loaded.problems == ()
