"""The page that reads an id card from its scan: proposals beside their place on the card, confirmed one by one."""
