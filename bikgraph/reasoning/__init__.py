"""The OWL 2 RL closure by compiled rules, the reference reasoner, and proofs by the same rules."""

from bikgraph.reasoning.closure import Contradiction, Reasoner
from bikgraph.reasoning.proof import Proof, prove
from bikgraph.reasoning.rules import Rule, compile_rules

__all__ = ["Contradiction", "Proof", "Reasoner", "Rule", "compile_rules", "prove"]
