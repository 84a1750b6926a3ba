"""Working days, from the yearly notices of the State Council's office; a year without a notice is never guessed."""
