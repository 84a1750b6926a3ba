"""Annual reports handed in: what was read, what does not hold, what people decided about it."""
