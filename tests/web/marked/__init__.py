"""An office whose people and files bear marks, so that a test can look where they turn up."""
