"""The story book: every kind of history in the demo."""

from app.demo.stories.complete import COMPLETE
from app.demo.stories.kinds import Doubted, Exempted, Group, Story
from app.demo.stories.owing import OWING
from app.demo.stories.unclear import UNCLEAR
from app.demo.stories.without import WITHOUT

__all__ = ["STORIES", "Doubted", "Exempted", "Group", "Story"]

STORIES: dict[str, Story] = {story.name: story for story in (*COMPLETE, *OWING, *UNCLEAR, *WITHOUT)}
