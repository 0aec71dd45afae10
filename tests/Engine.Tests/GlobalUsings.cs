// Names that xunit and the base library also have: in these tests they mean the engine's.
global using Record = Lob.Fast.Engine.Records.Record;
global using Timer = Lob.Fast.Engine.Records.Timer;
