"""Clusters: municipalities that share offers of level 2, with dated members (rules-rammeaftale § 6)."""
