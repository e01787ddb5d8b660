"""The reference of the settings, from the one declaration of each: what the documents are generated from."""

from collections.abc import Iterator
from typing import Any

import msgspec

from workbench.config.forms import DeclaredElsewhere, Form
from workbench.config.groups import ROOT
from workbench.config.markets import MARKETS
from workbench.config.shipped import Shipped
from workbench.config.show import toml_text
from workbench.config.tables import Names, Pairs, Rows, TableForm
from workbench.core.saying import Saying


class SettingEntry(msgspec.Struct, frozen=True):
    """One setting: its key, what it may be, what it is for, and its default as TOML ("" where there is none).

    `markets.X` stands for every market, `[]` for each row of a list.
    """

    key: str
    expected: Saying
    help: Saying
    default: str


def reference(shipped: Shipped) -> list[SettingEntry]:
    """Every setting there is, in the order of their declaration."""
    defaults = shipped.whole()
    return [entry for name, form in ROOT.forms.items() for entry in _of(form, name, defaults.get(name))]


def _of(form: Form[Any], key: str, default: Any) -> Iterator[SettingEntry]:
    if isinstance(form, DeclaredElsewhere):
        form = form.form
    if isinstance(form, Names):
        yield from _of(form.forms[MARKETS[0]], f"{key}.X", None)
    elif isinstance(form, Rows):
        yield from _of(form.table, f"{key}[]", None)
    elif isinstance(form, TableForm):
        for name, (each, help) in form.described.items():
            value = default.get(name) if isinstance(default, dict) else None
            if isinstance(each, TableForm | Rows | DeclaredElsewhere):
                yield from _of(each, f"{key}.{name}", value)
            else:
                text = "" if value is None or isinstance(each, Pairs) else toml_text(value)
                yield SettingEntry(f"{key}.{name}", each.expected, help, text)
