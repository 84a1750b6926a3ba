"""Full-text search of what is public: exact for every phrase of two characters or more, on SQLite and on PostgreSQL.

Nothing here is a fact. What is searched is put in and taken out by the release that makes it public or ends it, in the
same transaction, and can be made again from the releases.
"""
