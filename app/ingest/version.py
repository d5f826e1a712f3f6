"""Which reading this is. A change of what any format's text looks like is a new version: texts are immutable."""

INGEST_VERSION = "4"
OCR_SETTINGS = "tesseract-5 fast-eng 280dpi straightened, noisy scans voted on, with the large model where it is"
