"""The event types that the people room writes."""

from fairlead.events.public import EventType

TYPES = (
    EventType(
        "contact.created", "Contact created", "created the contact", icon="user-plus", personal=frozenset({"values"})
    ),
    EventType("contact.updated", "Contact changed", "changed {fields}", icon="pencil", personal=frozenset({"changes"})),
    EventType("contact.deleted", "Contact deleted", "moved the contact to the bin", icon="trash", sensitive=True),
    EventType("contact.restored", "Contact restored", "took the contact out of the bin", icon="arrow-back-up"),
    EventType("contact.purged", "Contact purged", "deleted a contact for good", icon="trash-x", sensitive=True),
    EventType(
        "contact.merged",
        "Contacts merged",
        "merged {loser} into this contact",
        icon="git-merge",
        personal=frozenset({"changes"}),
    ),
    EventType(
        "contact.merged_away",
        "Contact merged into another",
        "merged this contact into {winner}",
        icon="git-merge",
        sensitive=True,
    ),
    EventType(
        "contact.merge_undone",
        "Merge of contacts undone",
        "took the merge of {loser} into {winner} back",
        icon="arrow-back-up",
    ),
    EventType(
        "contact.stage_changed", "Lifecycle changed", "moved the contact from {from} to {to}", icon="arrow-right"
    ),
    EventType("contact.picture_set", "Picture changed", "changed the picture", icon="photo"),
    EventType("contact.picture_removed", "Picture removed", "removed the picture", icon="photo-off"),
    EventType("contact.converted", "Became a client", "made the {from} a client", icon="trophy"),
    EventType("contact.referred", "Referred", "noted that {referrer} referred the contact", icon="speakerphone"),
    EventType(
        "contact.referral_made", "Referral made", "noted that the contact referred {referred}", icon="speakerphone"
    ),
    EventType(
        "contact.referral_removed", "Referral removed", "took back that {referrer} referred the contact", icon="x"
    ),
    EventType("contact.owner_changed", "Contact’s owner changed", "made {to} the owner", icon="user-check"),
    EventType("contact.opted_out", "Opted out", "recorded an opt-out ({reason})", kind="consent", icon="mail-off"),
    EventType("contact.opted_in", "Opted in", "recorded an opt-in ({reason})", kind="consent", icon="mail-check"),
    EventType(
        "contact.channels_changed",
        "Channel preferences changed",
        "changed the preferences for {channels}",
        kind="consent",
        icon="adjustments",
    ),
    EventType(
        "company.created", "Company created", "created the company", icon="building", personal=frozenset({"values"})
    ),
    EventType("company.updated", "Company changed", "changed {fields}", icon="pencil", personal=frozenset({"changes"})),
    EventType("company.deleted", "Company deleted", "moved the company to the bin", icon="trash", sensitive=True),
    EventType("company.restored", "Company restored", "took the company out of the bin", icon="arrow-back-up"),
    EventType("company.purged", "Company purged", "deleted a company for good", icon="trash-x", sensitive=True),
    EventType(
        "company.merged",
        "Companies merged",
        "merged {loser} into this company",
        icon="git-merge",
        personal=frozenset({"changes"}),
    ),
    EventType(
        "company.merged_away",
        "Company merged into another",
        "merged this company into {winner}",
        icon="git-merge",
        sensitive=True,
    ),
    EventType(
        "company.merge_undone",
        "Merge of companies undone",
        "took the merge of {loser} into {winner} back",
        icon="arrow-back-up",
    ),
    EventType("company.owner_changed", "Company’s owner changed", "made {to} the owner", icon="user-check"),
    EventType("tag.created", "Tag created", "created the tag {tag}", kind="tags", icon="tag"),
    EventType("tag.updated", "Tag changed", "changed the tag {tag}", kind="tags", icon="tag"),
    EventType("tag.merged", "Tags merged", "merged the tag {from} into {tag}", kind="tags", icon="tags"),
    EventType("tag.deleted", "Tag deleted", "deleted the tag {tag}", kind="tags", icon="tag-off"),
    EventType("record.tagged", "Tag added", "added the tag {tag}", kind="tags", icon="tag"),
    EventType("record.untagged", "Tag removed", "removed the tag {tag}", kind="tags", icon="tag-off"),
    EventType("list.created", "List created", "created the list {list}", kind="lists", icon="list"),
    EventType("list.updated", "List changed", "changed the list {list}", kind="lists", icon="list"),
    EventType("list.archived", "List archived", "archived the list {list}", kind="lists", icon="archive"),
    EventType(
        "list.unarchived", "List taken out", "took the list {list} out of the archive", kind="lists", icon="list"
    ),
    EventType("list.subscribed", "Subscribed", "subscribed the contact to {list}", kind="lists", icon="list-check"),
    EventType(
        "list.confirmation_asked", "Asked to confirm", "asked the contact to confirm {list}", kind="lists", icon="list"
    ),
    EventType("list.confirmed", "Confirmed", "confirmed the subscription to {list}", kind="lists", icon="list-check"),
    EventType("list.unsubscribed", "Unsubscribed", "took the contact off {list}", kind="lists", icon="list"),
    EventType(
        "address.suppressed",
        "Address suppressed",
        "blocked {channel} to an address ({reason})",
        kind="consent",
        icon="ban",
        personal=frozenset({"address"}),
    ),
    EventType(
        "address.released",
        "Address released",
        "allowed {channel} to an address again",
        kind="consent",
        icon="circle-check",
        personal=frozenset({"address"}),
    ),
)
