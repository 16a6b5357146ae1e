"""Settings of the baseline: the same database and pool, by the owner role, and nothing else."""

from fairlead.config.settings import *  # noqa: F403
from fairlead.config.settings import DATABASES

DATABASES["default"] = {**DATABASES["default"], **{k: DATABASES["owner"][k] for k in ("USER", "PASSWORD")}}
ROOT_URLCONF = "tests.bench.bare"
