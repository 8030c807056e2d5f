"""Questions about what somebody said, answered from the quotations found at indexing time."""
