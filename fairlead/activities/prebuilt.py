"""The snippets that a new firm starts with: (shortcut, name, category, HTML)."""

DEAR = "<p>Dear {{contact.first_name|Sir or Madam}},</p>"


def _outline(head: str, *points: str) -> str:
    return f"<p><strong>{head}</strong></p><ul>{''.join(f'<li>{point}: </li>' for point in points)}</ul>"


WITH = "with {{contact.first_name|the client}}"
SNIPPETS = (
    ("logassessment", "Assessment call", "Calls",
     _outline(f"Assessment {WITH}", "Situation", "Goals", "Obstacles", "Fit and next step")),
    ("logcoaching", "Coaching session", "Calls",
     _outline(f"Coaching {WITH}", "Since last time", "Topic today", "Insight", "Agreed until next time")),
    ("logdiscovery", "Discovery call", "Calls",
     _outline("Discovery: {{contact.company|their business}}", "What they do", "What hurts", "Budget and timing",
              "Who decides")),
    ("voicemail", "Left a voicemail", "Calls",
     "<p>Left a voicemail for {{contact.first_name|them}} and asked to be called back.</p>"),
    ("minutes", "Meeting minutes", "Meetings",
     _outline("Minutes, {{today.date}}", "Present", "Decided", "To do, who, by when")),
    ("thanks", "Thank you", "Emails",
     f"{DEAR}<p>thank you for your time today.</p><p>{{{{me.name}}}}<br>{{{{firm.name}}}}</p>"),
    ("followup", "Following up", "Emails",
     f"{DEAR}<p>I am following up on our last conversation. When would suit you?</p><p>{{{{me.name}}}}</p>"),
    ("booktime", "Book time with me", "Emails",
     "<p>You can choose a time that suits you here: {{me.meeting_link|just tell me when}}</p>"),
)  # fmt: skip
