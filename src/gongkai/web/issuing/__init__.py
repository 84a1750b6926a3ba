"""A yearly report on its way out: checked, signed, frozen, corrected by new versions, published, archived."""
