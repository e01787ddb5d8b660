"""The one object that verbs and screens speak to: open, query, apply, undo, subscribe."""

from workbench.session.base import Done, Options
from workbench.session.session import Session, open_session

__all__ = ["Done", "Options", "Session", "open_session"]
