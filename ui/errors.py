"""Owns the errors of the screens. It does not own those of the assistant.

UiError
├── PortTaken        the port asked for is in use
├── PartMissing      a library that a command needs is not installed
└── NotWarm          the model could not be loaded, so no question can be answered
"""


class UiError(Exception):
    """Root of the tree; each message is one sentence or two for the person at the screen."""


class PortTaken(UiError):
    """The port asked for, or every port tried, is in use."""


class PartMissing(UiError):
    """A library that the command needs is not installed."""


class NotWarm(UiError):
    """The model could not be loaded, so no question can be answered."""
