"""The application desk: an application from intake to archive, as facts that are never changed."""
