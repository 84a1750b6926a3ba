"""The desk in the browser: a Django project of work apps (facts) and faces (pages). Nothing here decides the law."""
