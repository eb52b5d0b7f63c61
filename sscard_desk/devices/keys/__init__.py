"""Who holds the card keys. PSAM and the centre's key service come beside the training holder."""
