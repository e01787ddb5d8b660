"""A robot user goes from the line of a new case to its form and back; what is saved is the same case either way."""

from __future__ import annotations

import threading

import pytest
from msgspec.structs import replace
from textual.events import Key
from textual.widgets import Input

from tests.ui.robot import bar, done, press, rows, seen, until, write
from workbench import i18n
from workbench.core.issues.model import IssueDraft
from workbench.core.money import Money
from workbench.i18n import render
from workbench.ui.sheets.form import Row
from workbench.ui.text import width
from workbench.ui.tickets import case
from workbench.ui.tickets.add_form import CaseForm
from workbench.ui.tickets.case_fields import FIELDS

LINE = "refund PANTS-BLK-M 576981590830166131 \u0e3f249 @malee #vip #later zip broke by tomorrow 18:00 since 08:15"
SIZES = [(80, 24), (120, 36), (60, 20)]


def field(app, name):
    return app.screen.query_one(f"#field-{name}", Row)


def shown(app, name):
    """A field as it is drawn: label, what is typed, what is said behind it."""
    row = field(app, name)
    return "".join(rows(part)[0] for part in row.children if part.size).rstrip()


def texts(app):
    return {name: text for name, _label, *_rest in FIELDS if (text := field(app, name).value)}


def below(app):
    return "\n".join(rows(app.screen.query_one("#read"))).strip()


async def put(pilot, name, text):
    """Type into a field."""
    row = field(pilot.app, name)
    row.typed.focus()
    row.put("")
    await press(pilot)
    if text:
        await write(pilot, text)


def newest(shop):
    return max(shop.tickets.all(), key=lambda ticket: ticket.id)


@pytest.fixture
def count(shop):
    before = len(shop.tickets.all())
    return lambda: len(shop.tickets.all()) - before


async def test_the_form_takes_over_what_the_line_says(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        assert "ctrl+o as a form" in seen(app)
        await write(pilot, LINE)
        await press(pilot, "ctrl+o")
        assert texts(app) == {
            "kind": "refund", "sku": "PANTS-BLK-M", "order_id": "576981590830166131", "money": "\u0e3f249",
            "buyer": "malee", "tags": "vip later", "words": "zip broke", "due": "tomorrow 18:00", "opened_at": "08:15",
        }  # fmt: skip
        assert "Wide leg pants, black M" in shown(app, "sku")
        assert "to decide" in shown(app, "stage"), "faint: where it begins if nothing is said"
        assert "later than the rule, which says Wed 08:15" in shown(app, "due")
        assert " ".join(below(app).split()) == (
            "Read as Decide refund by Wed 18:00 \u25aa later than the rule, which says Wed 08:15"
        )


@pytest.mark.parametrize("line", [LINE, "message hello there", "review LAMP-WHT $5 bad", "exchange \u0e3f1,290.50"])
async def test_the_form_saves_the_same_case_as_the_line(shop, open_app, line):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        await write(pilot, line)
        await press(pilot, "enter")
        by_line = newest(shop)
        await press(pilot, "a")
        await write(pilot, line)
        await press(pilot, "ctrl+o", "enter")
        by_form = newest(shop)
        assert by_form.id == by_line.id + 1
        assert replace(by_form, id=0) == replace(by_line, id=0)
        assert app.screen is app.frame, "the line below is gone too"
        assert app.frame.current.id == by_form.id
        assert bar(app).startswith(f"\u2713 {by_form.ref} added, saved.")
        await press(pilot, "u")
        assert newest(shop) == by_line


async def test_everything_that_can_be_said_by_hand_is_saved(shop, open_app):
    app = open_app(shop)
    said = {
        "kind": "return", "stage": "to inspect", "sku": "pants-blk-l", "money": "1,290",
        "order_id": "576981590830166131", "buyer": "malee s", "reason": "Damaged",
        "words": "came by 18:00 #torn", "opened_at": "Mon 20:15",
        "due": "+3h", "tags": "vip, later", "note": "ask for a photo", "product": "Trousers", "external_id": "R-1",
    }  # fmt: skip
    assert list(said) == [each.name for each in FIELDS]
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a", "ctrl+o")
        for name, text in said.items():
            await put(pilot, name, text)
        await press(pilot, "enter")
        found = newest(shop)
        assert (found.kind, found.stage, found.sku, found.money) == (
            "return_refund", "inspect", "PANTS-BLK-L", Money(found.money.amount, "THB"),
        )  # fmt: skip
        assert int(found.money.amount) == 1290
        assert (found.order_id, found.buyer, found.reason) == ("576981590830166131", "malee s", "Damaged")
        assert (found.words, found.note, found.product) == ("came by 18:00 #torn", "ask for a photo", "Trousers")
        assert (found.tags, found.external_id) == (("vip", "later"), "R-1")
        assert found.deadline.source == "stated"
        assert (found.deadline.at - shop.now()).total_seconds() == 3 * 3600


@pytest.mark.parametrize(
    ("name", "wrong", "words", "right"),
    [
        ("kind", "refnd", "Write one of these: cancel, refund,", "refund"),
        ("stage", "soon", "Write one of these: to decide,", "to decide"),
        ("money", "2x", '"2x" is not an amount', "2"),
        ("due", "whenever", "not a time", "18:00"),
        ("opened_at", "whenever", "not a time", "08:00"),
    ],
)
@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_mistake_is_said_beside_its_field_and_nothing_is_saved(
    shop, open_app, count, size, name, wrong, words, right
):
    app = open_app(shop)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "a")
        await write(pilot, "other x")
        await press(pilot, "ctrl+o")
        await put(pilot, name, wrong)
        assert words in shown(app, name), "while it is typed"
        field(app, "note").typed.focus()
        await press(pilot, "enter")
        assert field(app, name).lit, "the cursor goes where the mistake is"
        await press(pilot, "ctrl+o")
        assert field(app, name).value == wrong, "nor is it dropped on the way to the line"
        assert not count()
        await put(pilot, name, right)
        assert words not in shown(app, name)
        await press(pilot, "enter")
        assert count() == 1


async def test_what_is_missing_is_asked_only_once_it_is_missed(shop, open_app, count):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "ctrl+o")
        assert "What is it" not in shown(app, "kind")
        await press(pilot, "down", "enter")
        assert field(app, "kind").lit
        assert "What is it: refund, return," in shown(app, "kind")
        assert "message, review or" in below(app), "what is cut beside the field stands below it"
        assert not count()


async def test_what_the_desk_refuses_leaves_the_form_as_it_is(shop, open_app, count):
    taken = next(ticket.external_id for ticket in shop.tickets.all() if ticket.external_id and ticket.kind != "cancel")
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        await write(pilot, "refund x")
        await press(pilot, "ctrl+o")
        await put(pilot, "external_id", taken)
        await press(pilot, "enter")
        assert f"{taken} is known already" in seen(app)
        assert field(app, "external_id").value == taken
        assert not count()


async def test_what_is_being_saved_does_not_go_back_to_the_line(shop, open_app, count, monkeypatch):
    held, add = threading.Event(), shop.tickets.add

    def slow(**values):
        held.wait(10)
        return add(**values)

    monkeypatch.setattr(shop.tickets, "add", slow)
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        await write(pilot, "other x")
        await press(pilot, "ctrl+o")
        await pilot.press("enter", "ctrl+o")
        assert isinstance(app.screen, CaseForm)
        held.set()
        await done(pilot)
        assert app.screen is app.frame
        assert count() == 1


async def test_f7_goes_back_and_the_line_keeps_what_it_cannot_say(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        await write(pilot, "return PANTS-BLK-L \u0e3f249 #vip too tight since 08:15")
        await press(pilot, "ctrl+o")
        await put(pilot, "words", "came by 18:00")
        await put(pilot, "stage", "to inspect")
        await put(pilot, "buyer", "malee s")
        await press(pilot, "ctrl+o")
        assert app.screen.query_one(Input).value == "return PANTS-BLK-L \u0e3f249 #vip since 08:15"
        text = seen(app)
        assert "Inspect return   \u0e3f249.00   PANTS-BLK-L" in text
        assert '"came by 18:00"   malee s' in text
        assert "As well    Stage to inspect   Buyer malee s   Words came by 18:00" in text
        await press(pilot, "ctrl+o")
        assert texts(app)["words"] == "came by 18:00"
        assert texts(app)["stage"] == "to inspect"
        await press(pilot, "ctrl+o", "space", *"@bo", "ctrl+o")
        assert texts(app)["buyer"] == "bo", "what the line says, it says"
        await press(pilot, "ctrl+o", "enter")
        found = newest(shop)
        assert (found.stage, found.words, found.buyer, found.tags) == ("inspect", "came by 18:00", "bo", ("vip",))
        assert found.deadline.source == "rule"


async def test_a_bare_amount_goes_back_with_its_currency(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a", "ctrl+o")
        await put(pilot, "money", "249")
        assert "\u0e3f249.00" in shown(app, "money")
        await press(pilot, "ctrl+o")
        assert app.screen.query_one(Input).value == "249THB", "the kind may still be missing"
        assert "Begin with what it is" in seen(app)


async def test_escape_leaves_the_line_as_it_was(shop, open_app, count):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        await write(pilot, "refund x")
        await press(pilot, "ctrl+o")
        await put(pilot, "words", "y")
        await press(pilot, "escape")
        assert app.screen.query_one(Input).value == "refund x"
        await press(pilot, "escape", "a", "ctrl+o", "escape")
        assert app.screen is app.frame, "there is no line to go back to"
        assert not count()


async def test_answers_are_completed_and_chosen_with_the_arrows(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a", "ctrl+o", *"re")
        assert "refund  return  reship  review  exchange" in shown(app, "kind")
        assert "right choose" in seen(app)
        await press(pilot, "right")
        assert field(app, "kind").value == "refund"
        await press(pilot, "right", "right", "left")
        assert field(app, "kind").value == "return"
        await press(pilot, "tab", "left")
        assert field(app, "stage").value == "", "none is an answer too"
        await press(pilot, "right", "right", "left", "left")
        assert field(app, "stage").value == ""
        await press(pilot, *"insp", "tab")
        assert field(app, "stage").value == "to inspect"
        await press(pilot, *"pants-blk-m", "tab")
        assert field(app, "sku").value == "pants-blk-m", "that is one already"
        assert "right choose" not in seen(app)
        await press(pilot, "up", "end", "backspace", "tab")
        assert field(app, "sku").value == "PANTS-BLK-L"
        await press(pilot, "up", "up", "up", "ctrl+o")
        assert app.screen.query_one(Input).value == "return PANTS-BLK-L", "also from a field that offers answers"


async def test_tags_in_use_are_offered(shop, open_app):
    shop.tickets.tag([1], ["vip", "later"])
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a", "ctrl+o")
        await put(pilot, "tags", "")
        assert "in use: later, vip" in shown(app, "tags")
        await press(pilot, *"new", "comma", *"v", "tab")
        assert field(app, "tags").value == "new vip"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_field_comes_into_sight_and_the_keys_stay(shop, open_app, size, language):
    i18n.use(language)
    app = open_app(shop)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "a", "ctrl+o")
        for each in FIELDS:
            row = field(app, each.name)
            assert row.lit, each.name
            fields = app.screen.query_one("#fields")
            assert fields.region.contains_region(row.region), each.name
            assert all(width(line) <= size[0] for line in rows(row.children[0]))
            keys = app.screen.query_one("#keys")
            assert keys.region.bottom <= size[1]
            assert ("ctrl+o" if size[0] >= 80 else "E") in rows(keys)[-1].replace("e", "E")
            await press(pilot, "down")
        assert field(app, "kind").lit, "and round"


async def test_it_speaks_chinese(shop, open_app):
    i18n.use("zh")
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        await write(
            pilot, "\u9000\u6b3e PANTS-BLK-M \u0e3f249 \u62c9\u94fe\u574f\u4e86 \u622a\u6b62 \u660e\u5929 18:00"
        )
        await press(pilot, "ctrl+o")
        found = texts(app)
        assert (found["kind"], found["words"], found["due"]) == (
            "\u9000\u6b3e", "\u62c9\u94fe\u574f\u4e86", "\u660e\u5929 18:00",
        )  # fmt: skip
        assert "\u53d6\u6d88  \u9000\u6b3e  \u9000\u8d27" in shown(app, "kind")
        await press(pilot, "right", "down", "right")
        assert field(app, "kind").value == "\u9000\u8d27"
        assert not field(app, "stage").value.isascii()
        await put(pilot, "stage", "\u3000")
        await put(pilot, "money", "\uff12\uff14\uff19")
        await press(pilot, "ctrl+o")
        assert "249THB" in app.screen.query_one(Input).value
        assert "\u622a\u6b62 \u660e\u5929 18:00" in app.screen.query_one(Input).value
        await press(pilot, "enter")
        ticket = newest(shop)
        assert (ticket.kind, ticket.stage, ticket.words) == (
            "return_refund", "decide", "\u62c9\u94fe\u574f\u4e86",
        )  # fmt: skip
        assert int(ticket.money.amount) == 249


async def test_what_is_typed_in_one_go_reaches_the_field_it_is_meant_for(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a", "ctrl+o")
        for key in (*"refu", "tab", "right", "down", *"mug-set-4", "tab", *"9", "shift+tab", "up", "right", "tab"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await press(pilot, *"x")
        assert texts(app) == {"kind": "refund", "stage": "to prove", "sku": "mug-set-4x", "money": "9"}


async def test_what_is_typed_ahead_of_the_form_reaches_its_fields_in_turn(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        keys = (*"refu", "tab", "right", "down", *"mug-set-4", "tab", *"9", "shift+tab", "up", "right", "tab", *"x")
        for key in ("a", "ctrl+o", *keys):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: isinstance(app.screen, CaseForm) and texts(app).get("sku", "").endswith("x"))
        assert texts(app) == {"kind": "refund", "stage": "to prove", "sku": "mug-set-4x", "money": "9"}


async def test_hostile_words_are_shown_harmlessly(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        await write(pilot, "other x [bold]b[/bold]\x1b[31m\u202eevil")
        await press(pilot, "ctrl+o")
        assert "[bold]b[/bold]" in shown(app, "words")
        assert not set(seen(app)) & set("\x1b\u202e")
        await put(pilot, "stage", "[$error]x[/nothing]")
        await put(pilot, "money", "[@click=app.quit]2[/]")
        await press(pilot, "enter")
        assert "[$error]x[/nothing]" in shown(app, "stage")


async def test_the_palette_opens_the_form(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "ticket.form")
        await press(pilot, "enter")
        await write(pilot, "other")
        await press(pilot, "enter")
        assert newest(shop).kind == "other"
        assert app.screen is app.frame


@pytest.mark.parametrize(
    ("size", "language", "theme"),
    [((80, 24), "zh", "workbench-light"), ((120, 36), "en", "workbench-dark")],
    ids=("narrow-zh-light", "wide"),
)
def test_look(shop, open_app, snap_compare, size, language, theme):
    i18n.use(language)

    async def settle(pilot):
        await press(pilot, "a")
        await write(pilot, LINE)
        await press(pilot, "ctrl+o", "down", "right")
        await put(pilot, "money", "2x")
        await press(pilot, "up", "up")

    assert snap_compare(open_app(shop, "queue", theme), terminal_size=size, run_before=settle)


async def test_an_unknown_sku_of_the_form_is_asked_about(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "a", "ctrl+o")
        await write(pilot, "refund")
        await press(pilot, "down", "down")
        await write(pilot, "dress")
        count = len(shop.tickets.all())
        await press(pilot, "enter")
        assert "Which SKU?" in seen(app)
        assert len(shop.tickets.all()) == count
        await press(pilot, "enter", "enter")
        assert shop.tickets.all()[-1].sku == "DRESS-RED-S"


async def test_a_sku_that_is_meant_as_it_stands_is_kept(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "a", "ctrl+o")
        await write(pilot, "refund")
        await press(pilot, "down", "down")
        await write(pilot, "dress")
        await press(pilot, "enter", "ctrl+n", "enter")
        assert shop.tickets.all()[-1].sku == "dress"


async def test_lines_pasted_into_a_field_and_a_note_are_told_apart(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "c")
        await write(pilot, "called\n\nno answer\n")
        await press(pilot, "enter")
        assert any((ticket.note or "").endswith("called / no answer") for ticket in shop.tickets.all())
        await press(pilot, "a", "ctrl+o")
        await write(pilot, "refund")
        await press(pilot, *["down"] * 4)
        await write(pilot, "576000000000000001\n576000000000000002")
        assert "an order id has 15 to 20 digits" in seen(app)


def test_what_was_logged_or_entered_by_hand_is_known_to_the_line(empty):
    empty.tickets.add(kind="refund_only", sku="DRESS-RED-M", product="Red dress")
    empty.log.add(IssueDraft(day=empty.log.today, sku="PANTS-BLK", type="size", words="small"))
    for typed, meant in (("DRESS-RED", "DRESS-RED-M"), ("PANTS-BL", "PANTS-BLK")):
        line = case.parsed(empty, f"refund {typed} broke")
        assert case.near(empty, line.sku) == (meant,)
        assert meant in render(case.doubt(empty, line))
    line = case.parsed(empty, "refund dress-red-m broke")
    assert line.sku == "DRESS-RED-M"
    assert case.own(empty, case.values_of(line))["product"] == "Red dress"
