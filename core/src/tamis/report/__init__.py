"""Pages that show what tamis did: to one document, in a run, between two; needs the extra `tamis[report]`."""

from tamis.report.diff import diff_page
from tamis.report.document import document_fragment
from tamis.report.document import document_page
from tamis.report.pages import write
from tamis.report.run import run_page

__all__ = ["diff_page", "document_fragment", "document_page", "run_page", "write"]
