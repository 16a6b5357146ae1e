"""How each kind of activity looks wherever it is shown: its Tabler icon, and its colour of the palette."""

ICONS = {"note": "note", "call": "phone", "email": "mail", "meeting": "calendar-event", "task": "checkbox"}
COLORS = {"note": "amber", "call": "green", "email": "cyan", "meeting": "indigo", "task": "violet"}
