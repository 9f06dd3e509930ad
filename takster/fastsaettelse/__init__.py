"""How a takst is decided: computed, submitted, approved by another, published, changed; and what is shown of it."""
