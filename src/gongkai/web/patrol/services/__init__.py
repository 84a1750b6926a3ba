"""Writing what walks met and what people did about it."""
