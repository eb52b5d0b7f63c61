"""The page on which a supervisor says which day it is, because this computer's clock is wrong."""
