"""Writing what is done in an appraisal: each verb in one transaction with its audit row."""
