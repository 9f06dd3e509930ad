"""Reports, evidence packs and contracts as tagged PDF: text, numbers, charts, maps, and the check of the result."""

from pathlib import Path

# IBM Plex Sans, the only fonts a document or a chart may use; none need be installed on the machine. Licence beside the files.
SKRIFTTYPER = Path(__file__).parent / "skrifttyper"
