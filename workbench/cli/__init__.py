"""The verbs: standard output is data, standard error is narration, exit statuses are a contract."""
