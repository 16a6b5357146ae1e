"""The verbs of people: the only code that writes contacts, companies, tags, lists and consent."""
