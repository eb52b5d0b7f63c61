"""The page before the sign-in where nobody can sign in any more: the centre lets one administrator in again."""
