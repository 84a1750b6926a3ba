"""The county at a glance, and the years side by side."""
