"""What the user decides about an import."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import squeeze

MODES = {"both": "Create and update", "create": "Only create", "update": "Only update"}
MATCHES = {"email": "Email", "phone": "Phone", "external_id": "External id", "name_company": "Name and company"}


@dataclass(frozen=True, slots=True)
class Options:
    """How rows meet records. The defaults never lose anything: filled fields stay, empty cells clear nothing."""

    mode: str = "both"
    match: str = "email"
    overwrite: bool = False
    clear: bool = False
    allow_without_address: bool = False
    tags: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the options for storing."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return stored or sent options; raise `InvalidInput` naming each wrong one."""
        errors = {name: ["There is no such option."] for name in data if name not in cls.__dataclass_fields__}
        made = {name: data[name] for name in data if name not in errors}
        for name, known in (("mode", MODES), ("match", MATCHES)):
            if name in made and made[name] not in known:
                errors[name] = [f"One of these is expected: {', '.join(known)}."]
        for name in ("overwrite", "clear", "allow_without_address"):
            if name in made and not isinstance(made[name], bool):
                errors[name] = ["True or false is expected."]
        for name in ("tags", "lists"):
            if name in made:
                words = made[name]
                if not isinstance(words, list | tuple) or not all(isinstance(w, str) and w.strip() for w in words):
                    errors[name] = ["A list of names is expected."]
                else:
                    made[name] = tuple(dict.fromkeys(squeeze(w)[:80] for w in words))
        if errors:
            raise InvalidInput(errors)
        return cls(**made)
