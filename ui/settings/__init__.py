"""The Settings page: how one tab's questions are answered, whatever other tabs have chosen."""
