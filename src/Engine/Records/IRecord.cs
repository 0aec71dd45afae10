namespace Lob.Fast.Engine.Records;

/// <summary>Marks the structures of exactly 64 bytes that a slot can be read as. A test walks all of them and pins their layout.</summary>
public interface IRecord
{
    /// <summary>The kind whose slots have this structure.</summary>
    static abstract RecordKind Kind { get; }
}
