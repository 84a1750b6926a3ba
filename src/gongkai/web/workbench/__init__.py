"""The pages of those who work here. A face: no models of its own, reads by selectors, acts by services."""
