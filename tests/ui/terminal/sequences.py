"""Several hundred sequences that terminals send: keys in every common writing, and answers."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase, digits

_MODIFIERS = range(2, 17)
_PRINTED = [ord(character) for character in ascii_lowercase + digits + " @[]/:?+-=<>"] + [9, 13, 27, 127]


def keys() -> Iterator[bytes]:
    """Keys that only act with a modifier, or that write a character by a sequence."""
    for code in _PRINTED:
        for modifier in (1, 2, 3, 4, 5, 6, 7, 8, 9, 33, 65, 129):
            if code != 27:
                yield b"\x1b[%d;%du" % (code, modifier)
                yield b"\x1b[27;%d;%d~" % (modifier, code)
    for code in (97, 114, 49, 13, 9, 32):
        yield b"\x1b[%du" % code
        yield b"\x1b[%d;;%du" % (code, code)
        yield b"\x1b[%d:%d;1;%du" % (code, code, code)
        yield b"\x1b[%d;5:1u\x1b[%d;5:3u" % (code, code)
        yield b"\x1b[%d::99;2u" % code
    for code in (*range(57358, 57364), *range(57376, 57417), *range(57427, 57455)):
        yield b"\x1b[%du" % code
    for modifier in _MODIFIERS:
        for letter in b"ABCDEFHPQS":
            yield b"\x1b[1;%d%c" % (modifier, letter)
            yield b"\x1bO%d%c" % (modifier, letter)
        for number in (*range(2, 9), 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24):
            yield b"\x1b[%d;%d~" % (number, modifier)
    for number in (2, 3, 5, 6, 7, 8, 11, 23, 24, 34):
        for end in b"$^@":
            yield b"\x1b[%d%c" % (number, end)
    for letter in b"abcdjklmnopqrstuvwxyMIX ":
        yield b"\x1bO%c" % letter
    for letter in b"abcdEGLNWY":
        yield b"\x1b[%c" % letter
    for character in ascii_lowercase + "AXDUV0123456789\r":
        yield b"\x1b" + character.encode()
    yield from (b"\x1b\x1b[A", b"\x1b[1;3A", b"\x1b[3;3~", b"\x1b[27;5;97~", b"\x1b[97;5u", b"\x1b[2~", b"\x1b[Z")


def answers() -> Iterator[bytes]:
    """What a terminal answers to questions, and tells unasked."""
    yield from (
        b"\x1b[?62;1;4c", b"\x1b[?1;2c", b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c", b"\x1b[>0;276;0c",
        b"\x1b[>41;354;0c",
        b"\x1b[>84;0;0c", b"\x1b[=0c", b"\x1b[0n", b"\x1b[3n", b"\x1b[?13n", b"\x1b[24;80R", b"\x1b[1;1R",
        b"\x1b[?1;1;1R",
        b"\x1b[?0u", b"\x1b[?31u", b"\x1b[8;24;80t", b"\x1b[4;600;800t", b"\x1b[6;16;8t", b"\x1b[?2026;2$y",
        b"\x1b[?1000;1$y", b"\x1b[4;2$y", b"\x1b[I", b"\x1b[O", b"\x1b[0x", b"\x1b[2;1;1;112;112;1;0x",
        b"\x1b[<0;1;1M", b"\x1b[<0;1;1m", b"\x1b[<35;99;99M", b"\x1b[M !!", b"\x1b[M#ar", b"\x1b[32;1;1M",
        b"\x1b[<0;-3;1M",
        b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\", b"\x1b]11;rgb:1515/1717/1b1b\x07", b"\x1b]4;1;rgb:aa/00/00\x07",
        b"\x1b]52;c;YWFhcnJycA==\x07", b"\x1b]52;c;YXJhcg==\x1b\\", b"\x1b]lxaar\x1b\\", b"\x1b]Laar\x1b\\",
        b"\x1bP>|tmux 3.3a\x1b\\", b"\x1bP1$r0m\x1b\\", b"\x1bP1+r436f=323536\x1b\\", b"\x1bP!|00000000\x1b\\",
        b"\x1b_Gi=31;OK\x1b\\", b"\x1b^aar\x1b\\", b"\x1bXaar\x1b\\", b"\x1b[?997;1n", b"\x1b[48;24;80;384;640t",
        b"\x1b[201~", b"\x1b[99~", b"\x1b[1;1;1;1;1a", b"\x1b[97:5u", b"\x1b[97;5:9:9u", b"\x1b[;;;u", b"\x1b[:u",
        b"\x1b[1114112u", b"\x1b[55296u", b"\x1b[" + b"9" * 60 + b"u", b"\x1b[" + b"9" * 300 + b"a", b"\x1b[1 q",
        b"\x1b(B",
        b"\x9b?62;1;4c", b"\x9d11;rgb:0/0/0\x9c", b"\x9b27;5;97~", b"\x1b[[A\x1b[[E", b"\x1b[18;1R",
        b"\x1b[97;3;97u\x1b[114;3;114u",
    )  # fmt: skip


ALL = [*dict.fromkeys([*keys(), *answers()])]
