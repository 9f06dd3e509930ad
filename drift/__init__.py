"""Running the platform: set-up, embedded servers, supervisor. Nothing in the product imports this package."""
