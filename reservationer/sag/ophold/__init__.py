"""Stays: from indskrivning through moves, absence and notice to udskrivning, with what is paid when and by whom as dated facts."""
