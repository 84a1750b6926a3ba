"""Reading the facts of the desk."""
