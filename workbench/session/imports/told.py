"""What is told of a file beside what it changes: what was guessed, what was left out, and what nobody could read."""

from __future__ import annotations

from workbench.core.saying import Saying, say, say_n
from workbench.intake import FileReading, Unknown


def doubts(reading: FileReading, *, order: bool = True) -> list[Saying]:
    """A sentence for each thing that was left out or guessed; of the `order` of day and month where that is wanted."""
    told: list[Saying] = []
    for sheet in reading.sheets:
        if not sheet.read and sheet.kind is not None:
            told.append(say('the sheet "{name}" is hidden and was left out', name=sheet.name))
        elif not sheet.read:
            told.append(say('the sheet "{name}" has no known header and was left out', name=sheet.name))
    if reading.repeated:
        told.append(
            say_n(
                "{n} row stands in a later sheet too, that one counts",
                "{n} rows stand in a later sheet too, that one counts",
                reading.repeated,
            )
        )
    if reading.twice:
        told.append(
            say_n(
                "the column {columns} stands there twice, the first counts",
                "the columns {columns} stand there twice, the first of each counts",
                len(reading.twice),
                columns=", ".join(reading.twice),
            )
        )
    if reading.nameless:
        told.append(
            say_n(
                "column {columns} has no name above it and was left out",
                "the columns {columns} have no name above them and were left out",
                len(reading.nameless),
                columns=", ".join(reading.nameless),
            )
        )
    if order and not reading.date_order_certain:
        told.append(order_guessed(reading))
    if reading.encoding_guessed:
        told.append(say("the encoding is a guess: {encoding}; look at names and notes", encoding=reading.encoding))
    if reading.foreign:
        told.append(
            say(
                "all its amounts are in {currency}, not in the currency of the shop",
                currency=", ".join(reading.foreign),
            )
        )
    return told


def order_guessed(reading: FileReading) -> Saying:
    """Which of day and month was taken to come first, where both are possible."""
    day = reading.date_example or ""
    match reading.date_order:
        case "DMY":
            return say("the order of day and month is a guess: day first ({day})", day=day)
        case "MDY":
            return say("the order of day and month is a guess: month first ({day})", day=day)
        case _:
            return say("the dates are a guess: a spreadsheet may have swapped day and month ({day})", day=day)


def strange(word: Unknown) -> Saying:
    """A word that nobody knows, a needed cell without one, or an id that may be another."""
    if word.rounded:
        return say_n(
            "{word} ({column}, {n} row) ends in zeros as ids do that a spreadsheet kept as numbers; look at it in "
            "Seller Center",
            "{word} ({column}, {n} rows) ends in zeros as ids do that a spreadsheet kept as numbers; look at it in "
            "Seller Center",
            word.rows,
            word=word.text,
            column=word.column,
        )
    if not word.text:
        return say_n(
            "{n} row has no {column}; look at the case in Seller Center",
            "{n} rows have no {column}; look at the cases in Seller Center",
            word.rows,
            column=word.column,
        )
    return say_n(
        'nobody knows "{word}" ({n} row, {column}); look at the case in Seller Center',
        'nobody knows "{word}" ({n} rows, {column}); look at the cases in Seller Center',
        word.rows,
        word=word.text,
        column=word.column,
    )
