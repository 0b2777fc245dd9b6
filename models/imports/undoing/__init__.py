"""Undoing a batch: what that would mean, said first, and then done as a whole or not at all."""
