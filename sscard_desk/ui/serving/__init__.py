"""The person being served: what all eight pages share, without Qt."""
