"""What people do: schemes, rounds, marks, proofs, mock applications."""
