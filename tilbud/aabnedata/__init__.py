"""The register as open data: public offers as Open Referral HSDS 3.1, for anybody, without log-in."""
