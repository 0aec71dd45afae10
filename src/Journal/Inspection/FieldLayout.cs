namespace Lob.Fast.Journal.Inspection;

/// <summary>One field of a record.</summary>
/// <param name="Name">As in the structure.</param>
/// <param name="Offset">Byte in the slot.</param>
/// <param name="Type">NumPy type without byte order: u1 … i8, S40 for text, (32,)u1 for bytes. Little-endian.</param>
/// <param name="Unit">Unit, or the enum whose values it holds.</param>
/// <param name="None">The value that means "none"; – = there is always one.</param>
public sealed record FieldLayout(string Name, int Offset, string Type, string Unit, string None);
