"""The parts of a brief, a module each: what a part says, and how much each of its rows matters."""
