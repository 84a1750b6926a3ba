"""An organ's yearly figures: every cell of the tables from its records, or entered with a source, or blank."""
