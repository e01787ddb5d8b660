"""What leaves the program: words, plain tables, JSON, calendars, reports. No terminal and no screen is known here."""
