"""Supervision in the year: tasks, inspections and their problems, training, notices, complaints, accountability."""
