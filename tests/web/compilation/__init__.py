"""An organ's year compiled."""
