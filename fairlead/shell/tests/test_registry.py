"""Registries hand out what the viewer may use, in order."""

import pytest

from fairlead.shell.navigation import Item
from fairlead.shell.registry import Registry


def item(key: str, order: int = 100, permission: str = "") -> Item:
    return Item(key, key.title(), "users", "nowhere", "clients", order=order, permission=permission)


def test_plugs_come_in_order_then_by_key() -> None:
    registry: Registry[Item] = Registry()
    for plug in (item("tags"), item("companies"), item("contacts", order=10)):
        registry.register(plug)
    assert [plug.key for plug in registry.open_to(lambda permission: True)] == ["contacts", "companies", "tags"]


def test_a_plug_without_the_permission_is_left_out() -> None:
    registry: Registry[Item] = Registry()
    registry.register(item("open"))
    registry.register(item("shut", permission="settings.edit"))
    assert [plug.key for plug in registry.open_to(lambda permission: False)] == ["open"]


def test_the_same_key_twice_is_refused() -> None:
    registry: Registry[Item] = Registry()
    registry.register(item("contacts"))
    with pytest.raises(ValueError, match="'contacts' is registered twice"):
        registry.register(item("contacts"))
