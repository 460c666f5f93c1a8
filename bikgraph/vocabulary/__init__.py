"""What `ontology/` declares: classes, fields, codes and terms; `load_declarations` is the only loader of it."""

from bikgraph.vocabulary.load import Declarations, load_declarations
from bikgraph.vocabulary.terms import Code, Field, Term
from bikgraph.vocabulary.vocabulary import Vocabulary

__all__ = ["Code", "Declarations", "Field", "Term", "Vocabulary", "load_declarations"]
