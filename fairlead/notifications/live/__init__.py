"""Live events: one process, one LISTEN, many streams (server-sent events, WHATWG HTML section 9.2)."""
