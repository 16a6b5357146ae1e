"""Bringing files into a firm: reading, mapping, converting, writing in chunks, telling what happened, undoing it."""
