"""Tasks: what somebody is to do, by when, about which records."""

from django.db import models
from django.db.models import Q

from fairlead.activities.models.associations import Association
from fairlead.records.models.record import Record
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class TaskType(models.TextChoices):
    """What kind of thing is to be done."""

    TODO = "todo", "To-do"
    CALL = "call", "Call"
    EMAIL = "email", "Email"
    MEETING = "meeting", "Meeting"
    LUNCH = "lunch", "Lunch"


class Priority(models.TextChoices):
    """How much it matters; stored so that the order of the alphabet is the order of weight."""

    URGENT = "1_urgent", "Urgent"
    HIGH = "2_high", "High"
    NORMAL = "3_normal", "Normal"
    LOW = "4_low", "Low"


class Status(models.TextChoices):
    """How far it is. Done means that there is a completion: `completed_at` and `completed_by`."""

    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"


class Repeat(models.TextChoices):
    """When the next task of a series is made, and what its due date counts from."""

    COMPLETION = "completion", "When this one is completed"
    SCHEDULE = "schedule", "On schedule, whether done or not"


class Task(Record):
    """Something to do. `owner` answers for it; others may be assigned beside."""

    title = models.TextField(help_text="What is to be done, in up to 300 characters.")
    sort_key = models.TextField(help_text="Folded title.")
    description = models.TextField(blank=True, default="", help_text="Sanitised HTML.")
    text = models.TextField(blank=True, default="", help_text="The description as plain text.")
    type = models.TextField(
        choices=TaskType, default=TaskType.TODO, help_text="What kind of thing is to be done: lists are filtered by it."
    )
    priority = models.TextField(
        choices=Priority, default=Priority.NORMAL,
        help_text="How much it matters; the code's digit makes the order of the alphabet that of weight.",
    )  # fmt: skip
    status = models.TextField(
        choices=Status, default=Status.OPEN, help_text="How far it is; done exactly while completed_at is set."
    )
    assigned_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who last said who is to do it.",
    )  # fmt: skip
    due_on = models.DateField(
        null=True, blank=True, help_text="Day in the task's zone; empty is never due, and such a task cannot repeat."
    )
    due_time = models.TimeField(
        null=True, blank=True, help_text="Wall-clock time in the task's zone; empty is the end of the day."
    )
    zone = models.TextField(
        default="UTC", help_text="IANA name; the owner's, or the firm's where that is UTC or nobody owns it."
    )
    due_at = models.DateTimeField(
        null=True, blank=True,
        help_text="The instant that day, time and zone mean; worked out with every change of them.",
    )  # fmt: skip
    overdue_at = models.DateTimeField(null=True, blank=True, help_text="When it was noticed that it is overdue.")
    completed_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was done; emptied when it is reopened."
    )
    completed_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who ticked it off; may be somebody it was not assigned to.",
    )  # fmt: skip
    rrule = models.TextField(blank=True, default="", help_text="RFC 5545 RRULE, empty when it does not repeat.")
    repeat = models.TextField(
        choices=Repeat, default=Repeat.COMPLETION,
        help_text="When the next of a series is made; without a rule it means nothing.",
    )  # fmt: skip
    series = models.UUIDField(
        null=True, blank=True,
        help_text="Id of the first task of the series, the same for all of them; empty when it never repeated.",
    )  # fmt: skip
    series_number = models.IntegerField(default=1, help_text="Which of its series it is, counted from 1.")
    series_start = models.DateTimeField(null=True, blank=True, help_text="DTSTART as wall-clock time, stored as UTC.")

    class Meta(Record.Meta):
        """Read by who is to do it and by when; the next one of a series is made once."""

        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "series", "series_number"], name="task_series_once", condition=Q(series__isnull=False)
            )
        ]
        indexes = [
            models.Index(fields=["firm", "due_at"], name="task_due", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "owner", "due_at"], name="task_owner"),
            models.Index(fields=["firm", "sort_key"], name="task_sort"),
            models.Index(fields=["firm", "created_at"], name="task_created"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        """Tell whether it is completed."""
        return self.completed_at is not None


class TaskAssignment(FirmModel):
    """A member who is to do a task, the owner among them."""

    task = FirmForeignKey(
        Task, on_delete=models.CASCADE, related_name="assignments", db_index=False, help_text="What is to be done."
    )
    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False,
        help_text="Who is to do it; one of them, the owner, answers for it.",
    )  # fmt: skip
    assigned_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who gave it to this member.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a task and member; found from the member."""

        constraints = [models.UniqueConstraint(fields=["firm", "task", "member"], name="task_assignment_once")]
        indexes = [models.Index(fields=["firm", "member", "task"], name="task_assignment_member")]

    def __str__(self) -> str:
        return f"{self.member_id} does {self.task_id}"


class TaskLink(Association):
    """A record that a task is about."""

    task = FirmForeignKey(
        Task, on_delete=models.CASCADE, related_name="links", db_index=False,
        help_text="What is to be done about the record.",
    )  # fmt: skip

    class Meta(Association.Meta):
        """Once a task and record; found from the record."""

        abstract = False
        constraints = [models.UniqueConstraint(fields=["firm", "task", "record_id"], name="task_link_once")]
        indexes = [models.Index(fields=["firm", "record_id", "task"], name="task_link_record")]


class TaskDependency(FirmModel):
    """`task` cannot be completed before `blocker` is."""

    task = FirmForeignKey(
        Task, on_delete=models.CASCADE, related_name="dependencies", db_index=False,
        help_text="The one that has to wait.",
    )  # fmt: skip
    blocker = FirmForeignKey(
        Task, on_delete=models.CASCADE, related_name="blocking", db_index=False,
        help_text="The one that comes first; never one that waits for this, over any steps.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once; found from both ends."""

        constraints = [models.UniqueConstraint(fields=["firm", "task", "blocker"], name="task_dependency_once")]
        indexes = [models.Index(fields=["firm", "blocker"], name="task_dependency_blocker")]

    def __str__(self) -> str:
        return f"{self.task_id} waits for {self.blocker_id}"


class ChecklistItem(FirmModel):
    """A step of a task; ticked by whom and when."""

    task = FirmForeignKey(
        Task, on_delete=models.CASCADE, related_name="checklist", db_index=False, help_text="What it is a step of."
    )
    text = models.TextField(help_text="One line of up to 300 characters.")
    position = models.IntegerField(default=0, help_text="Rank within the task, from 0.")
    version = models.IntegerField(
        default=1, db_default=1, help_text="Grows by one with every change; its entity tag (RFC 9110) is made of it."
    )
    ticked_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was ticked off; empty while it is to do."
    )
    ticked_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who ticked it off; empty while it is to do.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """In their order."""

        indexes = [models.Index(fields=["firm", "task", "position"], name="task_checklist")]

    def __str__(self) -> str:
        return self.text


class TaskReminder(FirmModel):
    """When to remind the assignees, once for each distance from the due instant."""

    task = FirmForeignKey(
        Task, on_delete=models.CASCADE, related_name="reminders", db_index=False,
        help_text="What the assignees are reminded of.",
    )  # fmt: skip
    minutes_before = models.IntegerField(help_text="Minutes from the reminder to the due instant, 0 to 366 days.")
    remind_at = models.DateTimeField(
        null=True, blank=True, help_text="The instant that comes to; empty while the task is never due."
    )
    sent_at = models.DateTimeField(
        null=True, blank=True, help_text="Set before anything leaves; emptied when the task becomes due later."
    )

    class Meta(FirmModel.Meta):
        """One for each distance."""

        constraints = [models.UniqueConstraint(fields=["firm", "task", "minutes_before"], name="task_reminder_once")]

    def __str__(self) -> str:
        return f"{self.minutes_before} min before {self.task_id}"


class TaskTemplate(FirmModel):
    """A task that is made again and again. Due dates and reminders count from the day it is used."""

    name = models.TextField(help_text="What members choose it by, up to 80 characters.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents.")
    title = models.TextField(help_text="Becomes the title of the tasks made from it.")
    description = models.TextField(blank=True, default="", help_text="Sanitised HTML.")
    type = models.TextField(choices=TaskType, default=TaskType.TODO, help_text="What kind of thing the task is.")
    priority = models.TextField(choices=Priority, default=Priority.NORMAL, help_text="How much the task matters.")
    due_in_days = models.IntegerField(
        null=True, blank=True, help_text="Days from the day it is used, in the firm's zone; empty is never due."
    )
    remind_minutes = models.IntegerField(
        null=True, blank=True, help_text="Minutes before the due instant; empty is no reminder."
    )
    rrule = models.TextField(
        blank=True, default="", help_text="RFC 5545 RRULE of the task; needs due_in_days. Empty does not repeat."
    )
    checklist = models.JSONField(default=list, blank=True, help_text="Texts of the steps.")
    assignees = models.JSONField(default=list, blank=True, help_text="Ids of members.")
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False, help_text="Who saved it first."
    )

    class Meta(FirmModel.Meta):
        """Names are unique in a firm."""

        constraints = [models.UniqueConstraint(fields=["firm", "name_norm"], name="task_template_once")]

    def __str__(self) -> str:
        return self.name
