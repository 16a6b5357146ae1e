"""Turns are fair: whoever comes and goes, two who are there all along get the same, but for one."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fairlead.assignment.choosing.rotation import Rotation, Standing, Taker

PEOPLE = [UUID(int=n) for n in range(1, 7)]
presence = st.lists(st.sets(st.sampled_from(PEOPLE), min_size=1), min_size=1, max_size=120)


def choose(rotation: Rotation, takers: list[Taker]) -> UUID:
    first = rotation.line(takers)[0]
    rotation.take(first)
    return first.member


def reloaded(rotation: Rotation, before: dict[UUID, Standing]) -> tuple[Rotation, dict[UUID, Standing]]:
    """Return the rotation as the next transaction reads it."""
    kept = {**before, **rotation.changed}
    return Rotation(kept), kept


@given(presence, st.data())
def test_two_who_are_free_all_along_differ_by_at_most_one(days: list[set[UUID]], data: st.DataObject) -> None:
    rotation, kept, chosen = Rotation({}), {}, []
    for here in days:
        chosen.append(choose(rotation, [Taker(pk) for pk in here]))
        if data.draw(st.booleans()):
            rotation, kept = reloaded(rotation, kept)
    for start in range(len(days)):
        for end in (start + 1, (start + len(days)) // 2 + 1, len(days)):
            always = set.intersection(*days[start:end]) if days[start:end] else set()
            counts = Counter(chosen[start:end])
            assert max((counts[pk] for pk in always), default=0) - min((counts[pk] for pk in always), default=0) <= 1


@given(st.lists(st.integers(1, 10), min_size=2, max_size=6), st.integers(1, 400))
def test_shares_are_kept_to_within_one(shares: list[int], number: int) -> None:
    takers = [Taker(pk, share) for pk, share in zip(PEOPLE, shares, strict=False)]
    rotation = Rotation({})
    counts = Counter(choose(rotation, takers) for _ in range(number))
    for taker in takers:
        assert abs(counts[taker.member] - number * taker.share / sum(shares)) < len(takers)
    least = [counts[t.member] / t.share for t in takers]
    assert max(least) - min(least) <= 2


def test_who_comes_back_is_not_flooded() -> None:
    rotation, both, one = Rotation({}), [Taker(pk) for pk in PEOPLE[:2]], [Taker(PEOPLE[0])]
    for _ in range(100):
        choose(rotation, one)
    counts = Counter(choose(rotation, both) for _ in range(10))
    assert counts == {PEOPLE[0]: 5, PEOPLE[1]: 5}


def test_the_least_loaded_comes_before_whose_turn_it_is() -> None:
    rotation = Rotation({})
    takers = [Taker(pk) for pk in PEOPLE[:3]]
    loads = {PEOPLE[0]: 4, PEOPLE[1]: 2, PEOPLE[2]: 2}
    assert [t.member for t in rotation.line(takers, loads)] == [PEOPLE[1], PEOPLE[2], PEOPLE[0]]
    rotation.take(takers[1])
    assert rotation.line(takers, loads)[0].member == PEOPLE[2]
