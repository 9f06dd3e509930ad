"""The agreement's two worked models, as its appendices print them: adjustment for surplus, deficit and occupancy, and the unit takst."""
