"""Push, feed and proof as files on a stick: signed by who made them, readable by whom they are for.

A file is `SSCSTICK`, the length of a header and the header in the open, then chunks of 64 KiB, each sealed under a key
of this file alone, and at the end an Ed25519 signature over everything before it. Sealed inside is one zstd stream of
records. Several files make a series; each names the one before it by its digest.
"""
