"""Lives on the screens: rows of the Plan's board, lines of the agenda, their checklist."""
