"""Work beside the pages: jobs in the database, done at least once by a worker, and what is done once a day."""
