"""Reading duties, inspections, trainings, notices and the register of accountability."""
