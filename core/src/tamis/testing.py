"""The test kit for plugin authors; pytest loads it by itself."""
