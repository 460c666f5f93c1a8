"""The OWL 2 RL closure by compiled rules, the reference reasoner, and proofs by the same rules."""
