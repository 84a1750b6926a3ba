"""The county at a glance and the years side by side: read from the rooms below, with no facts of its own."""
