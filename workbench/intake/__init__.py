"""Seller Center export files: what kind of file it is, and what it says of which ticket.

`read` answers with a `FileReading` (sightings, refused rows, unknown words, the file's own time) and changes nothing; a
file that cannot be trusted as a whole raises `RefusedFile` with the sentence for the seller. `recognise` is the cheap
look for a list of files. No recipient, address, phone or postcode is ever picked from a file.
"""

from workbench.intake.model import (
    FileReading,
    IntakeRules,
    NoOwnTime,
    Refused,
    RefusedFile,
    SheetRead,
    Stopped,
    Unknown,
)
from workbench.intake.reading import look, read, recognise

__all__ = [
    "FileReading",
    "IntakeRules",
    "NoOwnTime",
    "Refused",
    "RefusedFile",
    "SheetRead",
    "Stopped",
    "Unknown",
    "look",
    "read",
    "recognise",
]  # fmt: skip
