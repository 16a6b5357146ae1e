"""How a file becomes deals: known headers, matching, writing by the verbs of deals, undoing."""
