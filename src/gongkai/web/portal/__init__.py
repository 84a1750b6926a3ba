"""The public side: apply, follow, get the answer. A face: no models of its own."""
