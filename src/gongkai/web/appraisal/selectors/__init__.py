"""Reading questionnaires, what came in, what stands out in it, and what was published."""
