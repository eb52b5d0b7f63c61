"""Values, rules, errors and the steps of an application. Standard library only: no clock, no input or output."""
