"""Prepared parts of our documents: the XML of a Word file, the page of the PDF, the style of the web page."""
