"""Programs of others that give a second opinion on a portrait."""
