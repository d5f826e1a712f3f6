"""Errors that a user can do something about."""


class UserError(Exception):
    """One sentence for the user: what is wrong and what to do. Never carries contract text.

    Shown as it is, without a traceback; the command line exits with 2. Anything else that escapes is a bug.
    """


class Cancelled(Exception):
    """The user asked to stop; what was committed stays and the work can be resumed."""
