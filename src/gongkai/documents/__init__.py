"""Our own letters and reports as DOCX, PDF, HTML, XLSX and JSON."""
