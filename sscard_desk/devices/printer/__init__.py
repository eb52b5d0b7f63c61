"""Printers: a folder of PDF files, and CUPS queues whose jobs are followed to their end."""
