"""What can be asked of a release besides saved questions: things, statements, chains, proofs, SPARQL."""
