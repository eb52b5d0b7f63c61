"""The parts that every page is built of. `docs/ui.md` lists them for builders of pages."""
