"""Owns the errors of the screens. It does not own those of the assistant.

UiError
├── PortTaken        the port asked for is in use
├── FeedbackUnusable a thumb down cannot be taken, or the file it goes to cannot be written
├── PartMissing      a library that a command needs is not installed
└── NotWarm          the model could not be loaded, so no question can be answered
"""


class UiError(Exception):
    """Root of the tree; each message is one sentence or two for the person at the screen."""


class PortTaken(UiError):
    """The port asked for, or every port tried, is in use."""


class FeedbackUnusable(UiError):
    """What a thumb down says cannot be taken, or the file it should go to cannot be written."""


class PartMissing(UiError):
    """A library that the command needs is not installed."""


class NotWarm(UiError):
    """The model could not be loaded, so no question can be answered."""
