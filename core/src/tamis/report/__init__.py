"""Pages that show what tamis did, for one document and for a run; needs the extra `tamis[report]`."""

from tamis.report.document import document_fragment
from tamis.report.document import document_page
from tamis.report.run import run_page

__all__ = ["document_fragment", "document_page", "run_page"]
