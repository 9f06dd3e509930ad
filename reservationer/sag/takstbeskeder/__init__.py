"""Every municipality that pays for a stay is told when its takst is changed: by mail and on its start page."""
