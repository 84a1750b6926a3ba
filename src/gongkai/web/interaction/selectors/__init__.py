"""Reading: the desk, the portal, figures."""
