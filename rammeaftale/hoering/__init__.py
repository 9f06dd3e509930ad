"""Høringer: a draft is sent to organisations outside the agreement, which answer by a link; the secretariat answers back."""
