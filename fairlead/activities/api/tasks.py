"""Tasks, their steps and templates. Completing, assigning and snoozing are resources of their own."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.activities import access, reads
from fairlead.activities.actions import checklists, comments, completing, putting_back, task_templates, tasks
from fairlead.activities.api import asking, shapes, task_shapes
from fairlead.activities.models import ChecklistItem, Comment, TaskLink, TaskTemplate
from fairlead.activities.nouns import TASK
from fairlead.kernel.errors import NotFound
from fairlead.records.api.public import ONE, NounResource, Record
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.resource import Resource

Output = task_shapes.TaskOutput


class Tasks(NounResource, noun=TASK, output=Output, body=task_shapes.TaskInput):
    """What is to be done, by whom and when."""

    parts = task_shapes.PARTS
    asked = asking.ABOUT

    def narrowed(self, rows: QuerySet[Any], tree: Any, at: str) -> QuerySet[Any]:
        """Return the tasks that fit the criteria and are about the record that the query names."""
        return asking.about(super().narrowed(rows, tree, at), TaskLink, "task", self.query)

    def binned(self) -> QuerySet[Any]:
        """Return the tasks in the bin."""
        return access.binned_tasks(self.actor)

    @verb("completions", Output, body=task_shapes.CompletionInput, **ONE)
    def complete(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Complete a task.

        Refused (409, `blocked`) while it waits for others, unless `force`. Of a series the next one is made.
        """
        completing.complete_task(pk, by=self.actor, force=body.get("force", False))
        return self.one(self.living(), pk)

    @verb("completions", method="delete")
    def reopen(self, pk: UUID) -> None:
        """Open a completed task again."""
        completing.reopen_task(pk, by=self.actor)

    @verb("assignments", Output, body=task_shapes.AssignmentInput, body_required=True, **ONE)
    def assign(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Give a task to members.

        Whoever had it before is relieved of it. All of them are told.
        """
        tasks.assign_task(pk, body["members"], by=self.actor)
        return self.one(self.living(), pk)

    @verb("snoozes", Output, body=task_shapes.SnoozeInput, body_required=True, **ONE)
    def snooze(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Put a task off."""
        completing.snooze_task(pk, by=self.actor, until=body.get("until"), days=body.get("days"))
        return self.one(self.living(), pk)

    @verb("skips", Output, **ONE)
    def skip(self, pk: UUID) -> Record:
        """Leave out this one of a series.

        The task becomes the next one of it. 409 when it does not repeat, is the last one, or the next one is there.
        """
        completing.skip_task(pk, by=self.actor)
        return self.one(self.living(), pk)

    @verb("put-backs", Output, **ONE)
    def put_back(self, pk: UUID) -> Record:
        """Take back that a task was put off or skipped.

        It is due when it was. 409 when it was not, or somebody has changed the task since.
        """
        putting_back.put_back(pk, by=self.actor)
        return self.one(self.living(), pk)

    @verb("associations", Output, body=shapes.Places, body_required=True, **ONE)
    def associate(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Link a task to further records."""
        tasks.associate_task(pk, body["about"], by=self.actor)
        return self.one(self.living(), pk)

    @verb("dissociations", Output, body=shapes.AboutInput, body_required=True, **ONE)
    def dissociate(self, pk: UUID, body: Any) -> Record:
        """Take a task off one record."""
        tasks.dissociate_task(pk, body[0], body[1], by=self.actor)
        return self.one(self.living(), pk)

    @verb("steps", task_shapes.TaskStepOutput, body=task_shapes.TaskStepInput, status=201, body_required=True,
          versioned=True)  # fmt: skip
    def add_step(self, pk: UUID, body: dict[str, Any]) -> ChecklistItem:
        """Add a step."""
        return checklists.add_step(pk, body["text"], by=self.actor)

    @verb("comments", shapes.CommentsOutput, method="get", sparse=False)
    def comments(self, pk: UUID) -> dict[str, Any]:
        """List the comments on a task."""
        found = reads.comments_of(task_id=access.task(self.actor, pk).pk)
        return {"data": shapes.CommentOutput(found, many=True).data}

    @verb("comments", shapes.CommentOutput, body=shapes.CommentInput, status=201, body_required=True)
    def comment(self, pk: UUID, body: dict[str, Any]) -> Comment:
        """Comment on a task."""
        return comments.comment_on_task(pk, body["body"], by=self.actor)


class Steps(Resource):
    """The steps of tasks."""

    tag, conditional = "Tasks", True

    def current_version(self, pk: UUID) -> int | None:
        """See `Resource`."""
        try:
            return access.checklist_item(self.actor, pk).version
        except NotFound:
            return None

    @endpoint(task_shapes.TaskStepOutput, body=task_shapes.StepEdit, versioned=True)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> ChecklistItem:
        """Tick a step, take the tick back, or say it in other words."""
        if "text" in body:
            checklists.rename_step(pk, body["text"], by=self.actor)
        if "ticked" in body:
            return checklists.tick_step(pk, by=self.actor, ticked=body["ticked"])
        return access.checklist_item(self.actor, pk)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Take a step away."""
        checklists.remove_step(pk, by=self.actor)


class TaskTemplates(Resource):
    """Tasks that are made again and again."""

    tag = "Tasks"

    @endpoint(task_shapes.TemplateOutput, paged=True, sorts={"name": "name_norm"}, default_sort="name")
    def list(self) -> QuerySet[Any]:
        """List the task templates."""
        return access.task_templates(self.actor)

    @endpoint(task_shapes.TemplateOutput)
    def retrieve(self, pk: UUID) -> TaskTemplate:
        """Read a task template."""
        return access.task_template(self.actor, pk)

    @endpoint(task_shapes.TemplateOutput, body=task_shapes.TemplateInput, status=201)
    def create(self, body: dict[str, Any]) -> TaskTemplate:
        """Create a task template."""
        return task_templates.save_task_template(body, by=self.actor)

    @endpoint(task_shapes.TemplateOutput, body=task_shapes.TemplateEdit)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> TaskTemplate:
        """Change a task template."""
        return task_templates.save_task_template(body, by=self.actor, template_id=pk)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a task template; tasks made from it stay."""
        task_templates.delete_task_template(pk, by=self.actor)

    @verb("uses", task_shapes.PlaceOutput, body=task_shapes.UseInput, status=201, sparse=False)
    def use(self, pk: UUID, body: dict[str, Any]) -> dict[str, Any]:
        """Make a task from a template."""
        made = task_templates.use_task_template(pk, by=self.actor, about=body.get("about", ()))
        return {"noun": "task", "id": str(made.pk)}
