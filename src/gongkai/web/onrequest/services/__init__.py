"""The verbs of the desk. Each writes its facts, the case that follows from them and its audit row in one transaction."""
