using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Inspection;

/// <summary>How a slot of a kind is laid out.</summary>
/// <param name="Name">Name of the structure.</param>
/// <param name="Kind">Kind of the slot.</param>
/// <param name="Slot">Which slot of the record it is, from 0.</param>
/// <param name="Text">What it is.</param>
/// <param name="Fields">Fields behind the common part.</param>
public sealed record RecordLayout(string Name, RecordKind Kind, int Slot, string Text, IReadOnlyList<FieldLayout> Fields);
