"""The window put together: sign-in, desk, lock, and what runs behind them."""
