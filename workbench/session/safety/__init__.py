"""Faults, backups, copies of synced drives, forgetting."""
