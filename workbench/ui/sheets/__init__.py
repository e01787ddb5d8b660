"""Sheets: questions that rise from the bottom edge and leave the list in sight. Each is imported when it is opened."""
