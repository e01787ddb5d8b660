"""Real trouble on real processes: kills, full disks, races, spoiled files. `make stress`; a short form in the tests."""
