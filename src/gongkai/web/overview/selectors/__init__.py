"""Reading for the leader's page and for the comparisons."""
