"""The queries of the cards: standard SPARQL, whose thing is a line `VALUES ?thing { UNDEF }`."""
