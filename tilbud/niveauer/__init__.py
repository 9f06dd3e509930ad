"""The three levels of specialisation: what they oblige to, which offers are where, and how they have moved (rules-rammeaftale § 6)."""
