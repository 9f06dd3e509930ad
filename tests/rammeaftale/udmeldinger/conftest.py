"""What tests of central calls begin with."""

import pytest

from rammeaftale.models import Rammeaftale
from tests import fabrik


@pytest.fixture
def aftale() -> Rammeaftale:
    return fabrik.aftale()
