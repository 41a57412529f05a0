"""Who sits where and which story happened to whom: every seat of every class, numbered, with shares dealt out."""

from collections import defaultdict
from dataclasses import dataclass

from app.demo.chance import Chance
from app.demo.families import STORY_OF
from app.demo.places import SCHOOLS, Class, School, Seat
from app.demo.stories import STORIES, Group, Story
from app.schools.models import Stage


@dataclass(frozen=True, slots=True)
class Place:
    """A seat with what it hangs on; `number` counts through the whole district."""

    number: int
    seat: Seat
    school: School
    school_class: Class

    @property
    def group(self) -> Group:
        if self.school_class.entrants:
            return Group.THREE if self.school.stage is Stage.KINDERGARTEN else Group.SIX
        return Group.MIDDLE if self.school.stage is Stage.KINDERGARTEN else Group.OLDER


def places() -> list[Place]:
    """Every seat, in the order of schools and classes."""
    seats = [
        (school, school_class, number)
        for school in SCHOOLS
        for school_class in school.classes
        for number in range(1, school_class.children + 1)
    ]
    return [
        Place(count, (school.short, school_class.name, number), school, school_class)
        for count, (school, school_class, number) in enumerate(seats)
    ]


def deal_stories(all_places: list[Place]) -> dict[Seat, Story]:
    """Seat → story: each group gets its shares exactly, by the largest remainder, in a shuffled order."""
    groups: dict[Group, list[Seat]] = defaultdict(list)
    for place in all_places:
        groups[place.group].append(place.seat)
    dealt = {}
    for group, seats in groups.items():
        deck = Chance("stories", group).shuffled(_deck(group, len(seats)))
        dealt.update(zip(seats, deck, strict=True))
    return dealt | {seat: STORIES[name] for seat, name in STORY_OF.items() if seat in dealt}


def _deck(group: Group, size: int) -> list[Story]:
    """`size` stories by their shares."""
    wanted = [story for story in STORIES.values() if story.share[group]]
    whole = sum(story.share[group] for story in wanted)
    exact = [story.share[group] * size / whole for story in wanted]
    counts = [int(share) for share in exact]
    remainders = sorted(range(len(wanted)), key=lambda place: (counts[place] - exact[place], place))
    for place in remainders[: size - sum(counts)]:
        counts[place] += 1
    return [story for story, count in zip(wanted, counts, strict=True) for _ in range(count)]
