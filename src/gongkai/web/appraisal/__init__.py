"""The public's appraisal: questionnaires on the portal and on paper, and what came of them."""
