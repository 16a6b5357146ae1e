"""How a file becomes contacts and companies: known headers, matching, planning and writing in sets, undoing."""
