"""The Articles page: what it shows, and the work on the index that it has done beside itself."""
