"""The register held against an extract from Tilbudsportalen. The portal's own format is not known: the extract has a form of ours."""
