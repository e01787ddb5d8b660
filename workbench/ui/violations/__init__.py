"""The Ledger: points, appeals, evidence."""
