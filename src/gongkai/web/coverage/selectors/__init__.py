"""Reading the catalogues and how their lines stand."""
