"""Why a record is not written: another desk was faster, it stands already, or it is somebody else's to correct."""


class NotPossible(ValueError):
    """What was asked makes no sense for this record; the message says why."""


class AlreadyCorrected(NotPossible):
    """Another desk was faster: look at what it wrote before writing again."""


class NotYours(NotPossible):
    """The clinic's doses are corrected by the clinic, the school's by the school."""


class OnRecord(NotPossible):
    """The child has this product on this day already."""


class SaidAlready(NotPossible):
    """The same doubt or exemption stands already."""
