"""The standard's reader library (LD/T 33-2015, `SSCardDriver`): many readers come only with it."""
