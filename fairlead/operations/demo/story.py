"""The invented work of the demo firm."""

from typing import Any

# Title, and between which amounts (in the firm's currency) it is worth.
DEALS = (
    ("year-end audit", 8_000, 24_000), ("payroll for the year", 3_000, 9_000), ("lease review", 1_500, 4_000),
    ("new accounting system", 12_000, 40_000), ("VAT registration", 1_000, 2_500), ("board workshop", 2_500, 6_000),
    ("process review", 6_000, 18_000), ("management accounts", 4_000, 12_000), ("grant application", 3_000, 8_000),
    ("succession plan", 9_000, 22_000), ("hiring a controller", 7_000, 15_000), ("cash-flow forecast", 2_000, 5_000),
    ("due diligence", 20_000, 60_000), ("pension scheme", 4_000, 9_000), ("research tax relief", 6_000, 16_000),
    ("annual return", 1_000, 2_000), ("budget workshop", 2_000, 4_500), ("data protection check", 2_500, 6_000),
    ("month-end close", 5_000, 11_000), ("branch in Ireland", 9_000, 25_000), ("invoice automation", 6_000, 14_000),
    ("quality certificate", 5_000, 13_000), ("move to the cloud", 10_000, 30_000),
)  # fmt: skip
ONBOARDED, FORGOTTEN = 4, 5
SOURCES = ("Recommendation", "Website", "Conference", "Existing client")
NEXT_STEPS = (
    "Send the offer",
    "Call the finance director",
    "Agree the dates",
    "Wait for their figures",
    "Meet on site",
)
LOST = ("A larger firm was cheaper.", "They postponed it to next year.", "Their parent company does it.", "")
# Title, and in how many days it is due.
TASKS = (
    ("Send the offer", 0), ("Call about the questions", 0), ("Prepare the kick-off", 1), ("Ask for the figures", 2),
    ("Check the draft contract", 3), ("Book the workshop room", 4), ("Remind them of the deadline", -1),
    ("Send the minutes", -2), ("Review the engagement letter", 6), ("Plan the site visit", 9), ("Thank them", -7),
    ("File the registration", -9), ("Update the forecast", 12), ("Invite to the autumn seminar", 20),
    ("Ask for a reference", -12), ("Collect the signatures", 5),
)  # fmt: skip
# What was said on the phone, who called, how many minutes it took (None: nobody spoke), how it ended, of which type.
CALLS = (
    ("Wants the audit to begin two weeks earlier. Checking with the team.", "inbound", 18, "Connected", ""),
    ("Asked to be called back on Friday.", "outbound", 1, "Left voicemail", "Follow-up"),
    ("Asked which documents we need. Sent the list.", "inbound", 9, "Connected", "Support"),
    ("Price is fine, the board decides on Thursday.", "outbound", 26, "Connected", "Follow-up"),
    ("Introduced their new controller.", "outbound", 14, "Connected", ""),
    ("Trying again tomorrow.", "outbound", None, "No answer", ""),
    ("Went through the draft line by line.", "outbound", 41, "Connected", "Coaching"),
    ("Unhappy about the late reply. Apologised, agreed on a weekly call.", "inbound", 22, "Connected", "Support"),
    ("Confirmed the kick-off with the assistant.", "outbound", 5, "Left message", "Follow-up"),
    ("Engaged twice, then the switchboard.", "outbound", None, "Busy", ""),
    ("Budget is smaller than thought: offered the work in two parts.", "outbound", 33, "Connected", "Discovery"),
    ("Asked for an invoice copy.", "inbound", 4, "Connected", "Support"),
    ("The number belongs to a bakery now. Asked by email for the new one.", "outbound", 1, "Wrong number", ""),
    ("Will recommend us to the sister company.", "inbound", 12, "Connected", ""),
)
# Kind, what it was about, what was said, who wrote, how many minutes it took, how it ended.
MET = (
    ("meeting", "Kick-off of the audit", "Agreed dates, people and the list of documents.", "", 75, "Held"),
    ("meeting", "Review of the forecast", "They asked to move it to next week.", "", None, "Rescheduled"),
    ("email", "Our offer", "Sent the offer with both options.", "outbound", None, "Replied"),
    ("email", "Question about the lease", "Asks whether the break clause counts as a liability.", "inbound", None, ""),
    (
        "email",
        "Reminder of the figures",
        "Asked for the trial balance a second time.",
        "outbound",
        None,
        "No reply yet",
    ),
)
SNIPPETS = (
    ("offer", "Sending an offer", "Sales",
     "<p>Dear {{contact.first_name|Sir or Madam}},</p><p>here is our offer, good for 30 days.</p><p>{{me.name}}</p>"),
    ("documents", "Which documents we need", "Onboarding",
     "<p>Please send us:</p><ul><li>last year’s accounts</li><li>the articles</li><li>the bank accounts</li></ul>"),
    ("kickoff", "After the kick-off", "Onboarding",
     "<p>Thank you for today. As agreed, we begin with {{contact.company|your company}} next week.</p>"),
)  # fmt: skip
CLIENTS = "Clients"
PERSONA: dict[str, str] = {
    "name": "Finance director", "color": "teal", "description": "Runs the numbers of a firm of 50 to 250 people.",
    "goals": "A quiet year end, and figures that the board believes.",
    "challenges": "Too few people, systems that do not talk to each other.",
}  # fmt: skip
TERRITORIES = (("Britain and Ireland", ["GB", "IE"]), ("France", ["FR"]), ("Germany", ["DE"]))


def segments() -> list[tuple[str, str, dict[str, Any]]]:
    """Return name, description and criteria of the segments."""
    return [
        (CLIENTS, "Whom we work for now.", {"all": [{"field": "lifecycle", "op": "in", "value": ["client"]}]}),
        ("Open leads", "Who may become a client.",
         {"all": [{"field": "lifecycle", "op": "in", "value": ["lead", "sales_qualified", "prospect"]}]}),
        ("Abroad", "Whom we visit seldom.", {"all": [{"field": "country", "op": "not_in", "value": ["GB"]}]}),
        ("Decision makers", "Who signs.", {"any": [
            {"field": "job_title", "op": "contains", "value": "director"},
            {"field": "job_title", "op": "is", "value": "Partner"},
        ]}),
    ]  # fmt: skip
