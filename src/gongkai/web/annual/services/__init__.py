"""The verbs of the desk. Each writes its rows and its audit row in one transaction."""
