"""Why a roster is not written: decided already, out of time, the data moved underneath, a question is open."""


class NotApplied(ValueError):
    """Nothing was written; the kind says why."""


class AlreadyDecided(NotApplied):
    """Somebody else wrote it, turned it down, or its day is over."""


class Moved(NotApplied):
    """The system is not as it was when this person looked: look again."""


class StillOpen(NotApplied):
    """A question is not answered, or there is nothing to write."""


class Unreadable(NotApplied):
    """What was uploaded cannot be opened any more: its master key was retired meanwhile. Upload it again."""
