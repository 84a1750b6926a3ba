"""Writing what is done in supervision: each verb in one transaction with its audit row."""
