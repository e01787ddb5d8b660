"""The terminal on its own terms: bytes in, events out, and a terminal that is itself again however the program ends.

Bytes become characters (`decoding`), characters events (`reader`, `sequences`), and what may not have been a press of a
key is dropped (`doubt`). `driver` runs it, `signals` ends it.
"""
