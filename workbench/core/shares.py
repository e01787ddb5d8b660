"""Shares as they are typed: `12%` or a fraction below 1; 12 alone could be either."""

from __future__ import annotations

import re
from decimal import Decimal

from workbench.core.saying import Misuse, say
from workbench.core.spelling import plain

_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,12})?|\.\d{1,12}", re.ASCII)


def read_share(text: str) -> Decimal:
    """A share from 0 to 1 as a fraction; `Misuse` for anything else, for a bare 1 or more with both readings."""
    typed = plain(text).strip()
    percent = typed.endswith("%")
    number = typed.removesuffix("%").strip()
    if not _NUMBER.fullmatch(number):
        raise Misuse(say('"{text}" is not a share. Write it like 12% or 0.12.', text=text))
    value = Decimal(number)
    if percent:
        value /= 100
        if value > 1:
            raise Misuse(say('"{text}" is more than the whole. Write a share from 0% to 100%.', text=text))
    elif value >= 1:
        raise Misuse(
            say('"{text}" may mean {percent}% or {times} times the whole. Write {percent}%, or a fraction below 1.',
                text=text, percent=number, times=number)
        )  # fmt: skip
    return value
