"""Bytes to events, with the clock in hand: no sequence, however it comes, is a key that chooses or writes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tests.ui.terminal.sequences import ALL
from workbench.ui.keys import plainly, pressed
from workbench.ui.terminal.decoding import decoder, encoding
from workbench.ui.terminal.reader import Reader

HOSTILE = "x\x1b[31mDy"
#: Keys that act everywhere and must not be heard from a sequence.
WRITING = {"enter", "tab", "space", "backspace", "delete"}


class Wire:
    """A terminal: bytes at moments; `keys` is what was made of them."""

    def __init__(self, delay: float = 0.1, codec: str = "utf-8") -> None:
        self.now = 100.0
        self._reader = Reader(delay=delay, clock=lambda: self.now)
        self._decode = decoder(codec).decode
        self.events: list = []

    def sends(self, *pieces: bytes, gap: float = 0.0) -> Wire:
        for at, piece in enumerate(pieces):
            if at:
                self.waits(gap)
            self.events += self._reader.feed(self._decode(piece))
        return self

    def waits(self, seconds: float) -> Wire:
        until = self.now + seconds
        while (due := self._reader.due) is not None and self.now + due <= until:
            self.now += due
            self.events += self._reader.tick()
        self.now = until
        return self

    @property
    def told(self) -> list[str]:
        """Keys by name as the app takes them, pastes as `<text>`."""
        found = []
        for event in self.events:
            if isinstance(event, events.Paste):
                found.append(f"<{event.text}>")
            elif isinstance(event, events.Key) and (key := plainly(event, typing=False)) is not None:
                found.append(key.key)
        return found

    @property
    def heard(self) -> list[str]:
        """What may choose or write, wherever the focus is."""
        taken = [
            plainly(each, typing) for each in self.events if isinstance(each, events.Key) for typing in (False, True)
        ]
        return [
            key.key for key in taken if key is not None and (pressed(key) or key.key in WRITING or key.is_printable)
        ]


#: Sequences that a person sends, too: Esc, and well after it a character.
DELIBERATE = {b"\x1b\x1b[A", b"\x1b(B"}


def torn(sequence: bytes) -> Iterator[tuple[int, float]]:
    """Each place at which it may be torn, with the seconds that pass there."""
    for at in range(1, len(sequence)):
        for gap in (0.001, 0.02, 0.12, 0.3, 0.7):
            if gap < 0.15 or not ((at == 1 and sequence[1:2] not in b"[O") or sequence in DELIBERATE):
                yield at, gap


# Thousands of cases, each of which takes less than a test does: one test a property, which names every case that fails.


def test_no_sequence_is_a_press():
    assert [sequence for sequence in ALL if Wire().sends(sequence).waits(3).heard] == []


def test_no_sequence_that_was_torn_is_a_press():
    assert [
        (sequence, at, gap)
        for sequence in ALL
        for at, gap in torn(sequence)
        if Wire().sends(sequence[:at], sequence[at:], gap=gap).waits(3).heard
    ] == []


def test_and_the_keys_work_after_it():
    keys = (b"a", b"\r", b"\x1b[B", b"q")
    told = {sequence: Wire().sends(sequence).waits(2).sends(*keys, gap=0.01).told for sequence in ALL}
    assert {sequence: last for sequence, last in told.items() if last[-4:] != ["a", "enter", "down", "q"]} == {}


def test_there_are_several_hundred():
    assert len(ALL) > 500


@pytest.mark.parametrize("key", [b"a", b"\r", b"1", b"X", b" ", b"\t", b"\x13", b"\x07"])
@pytest.mark.parametrize("gap", [0.0, 0.02, 0.05, 0.09, 0.12, 0.149])
@pytest.mark.parametrize("delay", [0.1, 0.4])
def test_what_follows_esc_at_once_is_not_heard_but_esc_is(key, gap, delay):
    wire = Wire(delay).sends(b"\x1b", key, gap=gap).waits(2)
    assert wire.told == ["shift+tab" if key == b"\t" and gap < delay else "escape"]


@pytest.mark.parametrize("gap", [0.0, 0.05, 0.12, 0.3])
def test_cursor_keys_and_leaving_work_right_after_esc(gap):
    assert Wire().sends(b"\x1b", b"\x1b[B", gap=gap).waits(1).told == ["escape", "down"]
    assert Wire().sends(b"\x1b", b"\x1b", gap=gap).waits(1).told == ["escape", "escape"]
    assert Wire().sends(b"\x1b", b"\x03", gap=gap).waits(1).told == ["escape", "ctrl+c"]


@pytest.mark.parametrize("delay", [0.1, 0.4])
def test_a_press_well_after_esc_is_one(delay):
    assert Wire(delay).sends(b"\x1b", b"a", gap=0.2).waits(1).told == ["escape", "a"]
    assert Wire(delay).sends(b"\x1b", b"[", gap=1.1).waits(1).told == ["escape", "left_square_bracket"]


@pytest.mark.parametrize("between", [b"a", b"/", b"\x1b[19~", b"\x1b[B"])
@pytest.mark.parametrize("text", [b"LAMP-01 59", b"POST", b"OK [x] ]P_^X"])
def test_once_a_key_was_pressed_nothing_is_the_rest_of_the_esc_before_it(between, text):
    typed = Wire().sends(text).told
    assert Wire().sends(b"\x1b", between, text, gap=0.2).told[2:] == typed
    assert Wire().sends(b"\x1b", between, *(bytes([each]) for each in text), gap=0.18).told[2:] == typed


def test_over_ssh_a_split_arrow_is_an_arrow_and_here_it_only_leaves():
    assert Wire(0.4).sends(b"\x1b", b"[D", gap=0.3).waits(1).told == ["left"]
    assert Wire(0.1).sends(b"\x1b", b"[D", gap=0.3).waits(1).told == ["escape"]


@pytest.mark.parametrize("gap", [0.04, 0.3])
def test_every_byte_on_its_own(gap):
    for sequence in (b"\x1b[?62;1;4c", b"\x1b[27;5;97~", b"\x1b[D"):
        wire = Wire()
        for byte in sequence:
            wire.sends(bytes([byte])).waits(gap)
        assert [each for each in wire.waits(2).heard if len(sequence) * gap < 1] == []


def test_a_burst_is_all_its_keys():
    assert Wire().sends(b"jj\x1b[B\rab1").told == ["j", "j", "down", "enter", "a", "b", "1"]


@pytest.mark.parametrize(("sent", "keys"), [
    (b"\n", ["enter"]), (b"\r\n", ["enter"]), (b"\r\r", ["enter", "enter"]), (b"\n\n", ["enter", "enter"]),
    (b"\x1b[27u", ["escape"]), (b"\x1b[27;1u", ["escape"]), (b"\x1bOP", ["f1"]), (b"\x1b[[E", ["f5"]),
    (b"\x1b[15~", ["f5"]), (b"\x1b[1;2P", ["shift+f1"]), (b"\x1b[1;3A", ["alt+up"]), (b"\x1b[97;5u", ["ctrl+a"]),
    (b"\x1b[H", ["home"]), (b"\x1bOF", ["end"]), (b"\x1b[5~", ["pageup"]), (b"\x1b[Z", ["shift+tab"]),
    (b"\x1b[1;129B", ["down"]), (b"\x1b[57420u", ["down"]), (b"\x1b[97;5:3u", []),
    (b"\x1b[27;6;9~", ["ctrl+shift+tab"]),
    (b"\x01", ["ctrl+a"]), (b"\x7f", ["backspace"]), (b"\x1b\x7f", ["ctrl+w"]), ("é".encode(), ["é"]),
])  # fmt: skip
def test_keys_are_called_what_they_are(sent, keys):
    assert Wire().sends(sent).waits(1).told == keys


def test_what_is_no_key_is_still_told():
    kinds = [type(each).__name__ for each in Wire().sends(
        b"\x1b[I\x1b[O\x1b[<0;3;4M\x1b[<64;1;1M\x1b[?2026;1$y\x1b[48;24;80;384;640t"
    ).events]  # fmt: skip
    assert kinds == [
        "AppFocus",
        "AppBlur",
        "MouseDown",
        "MouseScrollUp",
        "TerminalSupportsSynchronizedOutput",
        "Resize",
    ]


# pastes


@pytest.mark.parametrize("text", [
    HOSTILE, "", "plain", "\x1b", "\x1b\x1b", "\x1b[A", "a\x1bOPb", "\x1b[200~", "\x1b[201", "\x1b[<0;1;1M",
    "\x1b[" + "9" * 50 + "D", "\u4f60\u597d\n\U0001f600", "\x1b[I", "\x1b[48;1;1;1;1t", "\x03",
])  # fmt: skip
def test_a_paste_is_its_text_and_nothing_else(text):
    sent = f"j\x1b[200~{text}\x1b[201~k\x1b[A".encode()
    assert Wire().sends(sent).told == ["j", f"<{text}>", "k", "up"]
    assert Wire().sends(*(bytes([byte]) for byte in sent)).told == ["j", f"<{text}>", "k", "up"], "one byte at a time"
    assert Wire().sends(*(bytes([byte]) for byte in sent), gap=0.01).waits(1).told == ["j", f"<{text}>", "k", "up"]


def test_pastes_follow_each_other_and_lose_nul():
    assert Wire().sends(b"\x1b[200~a\0b\x1b[201~\x1b[200~c\x1b[201~").told == ["<ab>", "<c>"]


def test_a_paste_without_an_end_is_text_and_the_keys_live_again():
    wire = Wire().sends(b"\x1b[200~Dy\rxa").waits(1.5)
    assert wire.told == ["<Dy\rxa>"]
    assert wire.sends(b"j", b"\r", b"\x1b[B", gap=0.2).told[1:] == ["j", "enter", "down"]
    assert wire.sends(b"more of it, late\rD").waits(0.2).sends(b"k").told[4:] == ["<more of it, late\rD>", "k"]
    assert wire.sends(b"x\x1b[201~").waits(0.2).sends(b"abcdef").told[6:] == ["<x>", *"abcdef"]


def test_ctrl_c_ends_a_paste_without_an_end_at_once():
    assert Wire().sends(b"\x1b[200~Dy").waits(0.3).sends(b"\x03").told == ["<Dy>", "ctrl+c"]


def test_the_mark_at_the_end_may_be_late_and_torn():
    assert Wire().sends(b"\x1b[200~Dy\x1b[20", b"1~", gap=5).sends(b"j").told == ["<Dy>", "j"]
    assert Wire().sends(b"\x1b[200~Dy\x1b", b"[2", b"01~", gap=5).sends(b"j").told == ["<Dy>", "j"]


def test_the_mark_at_the_beginning_may_be_torn():
    for at in range(2, 6):
        sent = b"\x1b[200~Dy\x1b[201~"
        assert Wire().sends(sent[:at], sent[at:], gap=0.3).told == ["<Dy>"]


# bytes


@given(
    st.lists(st.binary(max_size=12), max_size=6),
    st.sampled_from([0.0, 0.03, 0.3, 2.0]),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_no_bytes_are_a_fault_and_no_wait_is_endless(pieces, gap, codec):
    wire = Wire(codec=codec).sends(*pieces, gap=gap).waits(3)
    assert wire._reader.due is None
    assert wire.sends(b"\x1b[B").told[-1] == "down"


@pytest.mark.parametrize("byte", range(0x80, 0x100))
def test_a_byte_that_is_no_character_is_dropped(byte):
    told = Wire().sends(bytes([byte])).waits(2).sends(b"ab").told
    assert told in (["a", "b"], ["b"])


@pytest.mark.parametrize(("environ", "codec"), [
    ({}, "utf-8"), ({"LANG": "en_GB.UTF-8"}, "utf-8"), ({"LANG": "zh_CN.GBK"}, "gb18030"),
    ({"LANG": "zh_CN"}, "gb18030"), ({"LANG": "zh_CN.GB18030"}, "gb18030"),
    ({"LC_CTYPE": "C.UTF-8", "LANG": "zh_CN.gb2312"}, "gb18030"),
    ({"LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.GBK"}, "utf-8"), ({"LC_CTYPE": "zh_TW.Big5@x", "LANG": "C"}, "big5"),
    ({"LANG": "C"}, "utf-8"), ({"LANG": "POSIX"}, "utf-8"), ({"LANG": "de_DE.nonsense"}, "utf-8"),
])  # fmt: skip
def test_the_encoding_is_the_one_of_the_locale(environ, codec):
    assert encoding(environ) == codec


def test_chinese_in_a_gbk_terminal():
    assert Wire(codec=encoding({"LANG": "zh_CN.GBK"})).sends("你好a".encode("gbk")).told == ["你", "好", "a"]
    assert Wire(codec="gb18030").sends(*(bytes([byte]) for byte in "裤".encode("gbk"))).told == ["裤"]
