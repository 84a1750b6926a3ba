"""A walk through a published site: what is fetched, what is met there, and a result file that others can carry on."""
