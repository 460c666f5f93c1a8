"""What `ontology/` declares: classes, fields, codes and terms; the only loader of it."""
