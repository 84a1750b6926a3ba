"""Reading proactive disclosure; `public` alone decides what anyone outside may see."""
