"""The commands of `tamis`, one a module."""
