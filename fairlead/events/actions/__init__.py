"""What people who look after a firm's log can do."""
