"""The forms of tables and lists: which keys they have, and how a seller's file is checked against them.

A setting is declared once, as a field of a record: `Annotated[type, form, help]`. From that come the check of
a file, the record itself, and the reference in the documents.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from workbench.config.forms import BAD, Form, Key, Note, T, Wrong, shown, unknown
from workbench.core.saying import Saying, say

R = TypeVar("R", bound=msgspec.Struct)

#: The form and the help of each key of a table.
Described = Mapping[str, tuple[Form[Any], Saying]]


class Names(Form[dict[str, Any]]):
    """A table whose keys are fixed."""

    expected = say("a table, its name in one bracket on each side")

    def __init__(self, forms: Mapping[str, Form[Any]]) -> None:
        self.forms = forms

    def read(self, value: Any) -> dict[str, Any]:
        return {name: self.forms[name].read(each) for name, each in value.items()}

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        """The known keys with the values that are of their form."""
        if not isinstance(value, dict):
            note(at, self.refuse(value).saying)
            return BAD
        kept = {}
        for name, each in value.items():
            if name not in self.forms:
                note((*at, name), unknown(name, self.forms))
            elif (cleaned := self.forms[name].clean(each, (*at, name), note)) is not BAD:
                kept[name] = cleaned
        return kept


class TableForm(Form[R], Generic[R]):
    """A table whose keys are fields of a record.

    The forms stand in the record's annotations, or in `described` for a record of the core; `check` says what
    is wrong with a record as a whole.
    """

    expected = Names.expected

    def __init__(
        self,
        record: type[R],
        described: Described | None = None,
        check: Callable[[R], Saying | None] | None = None,
    ) -> None:
        self.record, self.check = record, check
        if described is not None:
            self.described = described

    @cached_property
    def described(self) -> Described:
        """The form and the help of every key, in the order of declaration."""
        # As they are written there: msgspec would look at each type first, and a start reads twenty such records.
        hints = self.record.__annotations__
        return {key: hints[name].__metadata__ for key, name in self._fields.items()}

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        """The field of each key: `from` and `is` are words of Python, so their fields have other names."""
        return dict(zip(self.record.__struct_encode_fields__, self.record.__struct_fields__, strict=True))

    @cached_property
    def names(self) -> Names:
        """The keys with their forms."""
        return Names({name: form for name, (form, _) in self.described.items()})

    def read(self, value: Any) -> R:
        record = self.record(**{self._fields[name]: each for name, each in self.names.read(value).items()})
        if self.check is not None and (wrong := self.check(record)) is not None:
            raise Wrong(wrong)
        return record

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        return self.names.clean(value, at, note)

    def missing(self, value: dict[str, Any]) -> list[str]:
        """The keys that a row of a list must have and this one has not."""
        fields = msgspec.structs.fields(self.record)
        return [each.encode_name for each in fields if each.required and each.encode_name not in value]


class Pairs(Form[dict[str, T]]):
    """A table whose keys are the seller's own; with `fold` they are trimmed and case-folded."""

    def __init__(self, form: Form[T], *, fold: bool = False) -> None:
        self.form, self.fold = form, fold
        self.expected = say("a table of names of your own, each {expected}", expected=form.expected)

    def read(self, value: Any) -> dict[str, T]:
        forms = {name: self.form.read(each) for name, each in value.items()}
        return {name.strip().casefold(): each for name, each in forms.items()} if self.fold else forms

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        return Names(dict.fromkeys(value, self.form) if isinstance(value, dict) else {}).clean(value, at, note)


class Many(Form[tuple[T, ...]]):
    """A list of at least so many values; a single one is a list of one. What is wrong in it is left out."""

    def __init__(self, form: Form[T], *, least: int = 0) -> None:
        self.form, self.least = form, least
        self.expected = say("a list in brackets, each of its values {expected}", expected=form.expected)

    def read(self, value: Any) -> tuple[T, ...]:
        return tuple(self.form.read(each) for each in (value if isinstance(value, list) else [value]))

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        if not isinstance(value, list):
            return self.form.clean(value, at, note)
        if len(value) < self.least:
            note(at, self.refuse(value).saying)
            return BAD
        kept = [self.form.clean(each, (*at, n), note) for n, each in enumerate(value)]
        return [each for each in kept if each is not BAD]


class Rows(Form[tuple[R, ...]], Generic[R]):
    """A list of at least so many tables. `unique` is a key that no two rows may share; `dated` rows may, where each
    is of another day (`effective`).

    A list with a mistake in it is not taken at all, so that a slip of the pen in one rule never leaves the
    others to decide without it.
    """

    expected = say("a list of tables, its name in two brackets on each side")

    def __init__(self, table: TableForm[R], *, unique: str = "", least: int = 0, dated: bool = False) -> None:
        self.table, self.unique, self.least, self.dated = table, unique, least, dated

    def read(self, value: Any) -> tuple[R, ...]:
        return tuple(self.table.read(each) for each in value)

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        if not isinstance(value, list):
            note(at, self.refuse(value).saying)
            return BAD
        if len(value) < self.least:
            note(at, say("This list may not be empty. Leave it out, or give it a table."))
            return BAD

        def kept(where: Key, what: Saying) -> None:
            note(where, say("{mistake} Until it is mended, the whole list stays as shipped.", mistake=what))

        count = _Counted(kept)
        seen: set[tuple[str | int, object]] = set()
        for n, row in enumerate(value):
            self._row(row, (*at, n), count)
            name = row.get(self.unique) if isinstance(row, dict) else None
            if isinstance(name, str | int):
                told = name, row.get("effective") if self.dated else None
                if told in seen:
                    count(
                        (*at, n, self.unique),
                        say('"{name}" stands twice. Give each its own.', name=shown(name)),
                    )
                seen.add(told)
        return BAD if count.noted else value

    def _row(self, row: Any, at: Key, note: Note) -> None:
        count = _Counted(note)
        self.table.clean(row, at, count)
        if count.noted:
            return
        for name in self.table.missing(row):
            count(at, say('"{name}" is missing here. {help}', name=name, help=self.table.described[name][1]))
        if not count.noted:
            try:
                self.table.read(row)
            except Wrong as wrong:
                note(at, wrong.saying)


class _Counted:
    """A `Note` that counts."""

    def __init__(self, note: Note) -> None:
        self.note, self.noted = note, 0

    def __call__(self, at: Key, what: Saying) -> None:
        self.noted += 1
        self.note(at, what)
