"""Writing proactive disclosure: the verbs of drafting, review and release."""
