"""The people of an organisation: invited, given roles, ended; by its own administrators, or visibly by a secretariat."""
