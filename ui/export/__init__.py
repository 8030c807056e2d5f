"""What leaves the page as a file: an answer or a conversation, with all that proves it."""

from ui.export.dossier import Dossier
from ui.export.markdown import to_markdown
from ui.export.page import to_page

__all__ = ["Dossier", "to_markdown", "to_page"]
