"""Which stage of which pipeline a row means."""

import re
from dataclasses import dataclass, field

from fairlead.kernel.text import fold
from fairlead.sales import access
from fairlead.sales.importing.targets import ending
from fairlead.sales.models import Outcome, Pipeline, Stage
from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """An open stage (None: where a deal begins), and how the deal ended."""

    pipeline: Pipeline
    stage: Stage | None
    outcome: str = Outcome.OPEN


@dataclass
class Places:
    """The pipelines whose deals the actor may change, by the names of theirs and of their stages."""

    by: Actor
    _pipelines: dict[str, Pipeline] = field(default_factory=dict)
    _stages: dict[tuple[str, str], Stage] = field(default_factory=dict)

    def read(self) -> None:
        """Read the pipelines as they are now."""
        rows = access.pipelines(self.by).filter(pk__in=access.editable_pipelines(self.by).values("pk"))
        self._pipelines = {fold(p.name): p for p in rows}
        names = {p.pk: name for name, p in self._pipelines.items()}
        stages = Stage.rows().filter(pipeline__in=names, archived_at=None).order_by("position")
        self._stages = {(names[s.pipeline_id], fold(s.name)): s for s in stages}

    def of(self, pipeline: str, stage: str, status: str) -> Place:
        """Return the place of a row; raise ValueError with a sentence for people."""
        home = self._pipeline(pipeline, stage)
        end = ending(stage) or (status if status in (Outcome.WON, Outcome.LOST) else "")
        found = self._stage(home, stage)
        if found is not None and found.kind != Stage.Kind.OPEN:
            return Place(home, None, found.kind)
        if stage and found is None and not ending(stage):
            raise ValueError(f"The pipeline {home.name} has no stage called “{stage[:60]}”.")
        return Place(home, found, end or Outcome.OPEN)

    def _pipeline(self, name: str, stage: str) -> Pipeline:
        if name:
            found = self._pipelines.get(fold(name))
            if found is None:
                raise ValueError(f"There is no pipeline called “{name[:60]}” that you may change.")
            return found
        if not self._pipelines:
            raise ValueError("Make a pipeline first.")
        in_brackets = re.search(r"\(([^()]+)\)\s*$", stage)
        if in_brackets and fold(in_brackets[1]) in self._pipelines:
            return self._pipelines[fold(in_brackets[1])]
        has = (p for p in self._pipelines.values() if self._stage(p, stage) is not None)
        return next(has, next(iter(self._pipelines.values())))

    def _stage(self, pipeline: Pipeline, name: str) -> Stage | None:
        home = fold(pipeline.name)
        bare = re.sub(r"\s*\([^()]+\)\s*$", "", name)
        return self._stages.get((home, fold(name))) or self._stages.get((home, fold(bare)))
