// Names that xunit and the base library also have: in these tests they mean the engine's.
