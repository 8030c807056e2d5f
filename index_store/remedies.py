"""Remedies: what a message tells the user to do about an index that cannot be used as it is."""

REPAIR = "run `article-qa repair`"

FULL = "the disk is full; free some space and run again, nothing that was there is lost"

# Everything else is derived from the catalog, and the catalog from the articles alone.
RESTORE = "nothing can be rebuilt without it: put a copy of the folder back, or delete the folder and index again"
