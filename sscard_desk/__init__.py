"""SSCard Desk: from a walk-in applicant to a written social security card."""

__version__ = "0.1.0"
