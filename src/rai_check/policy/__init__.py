"""Policies: the typed model, how they extend one another, and the ratchet."""
