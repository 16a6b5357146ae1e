"""The criteria language: one tree for segments, saved views, branches, routing, scoring and report filters."""
