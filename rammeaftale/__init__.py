"""The agreement: versions, parties and their approvals. The only writer of `vilkaar`."""
