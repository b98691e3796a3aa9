"""The browser's door: pages for the people who decide. It reads data only through `storage.access`."""
