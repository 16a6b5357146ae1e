"""Keeping membership true: what can touch a segment, who moves, when time alone moves somebody, and the full count."""
