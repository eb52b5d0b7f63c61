"""The picture in an id card's chip: decoded by the reader vendor's closed library, in a process of its own."""
