"""What decides which set governs, held still while something is decided by it."""

from django.db import connection

# Shared: those who read the same terms do not wait for each other, only for the one who publishes or recalls a set.
_SQL = """
SELECT k.id FROM kommuner_kkr k
WHERE k.id IN (SELECT m.kkr_id FROM kommuner_kkrmedlemskab m WHERE m.kommune_id = %s)
ORDER BY k.id FOR SHARE
"""


def hold_vilkaar(kommunekode: str) -> None:
    """Until the transaction ends no set is published or recalled in the KKRs the municipality belongs or belonged to.

    What is read after this is what governs when the transaction commits.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [kommunekode])
