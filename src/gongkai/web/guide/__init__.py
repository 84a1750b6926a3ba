"""What an organ says of itself on the portal: the guide of art. 12, its rules on disclosure, who it is and how to reach it."""
