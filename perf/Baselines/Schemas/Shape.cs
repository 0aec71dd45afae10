namespace Lob.Fast.Baselines.Schemas;

/// <summary>What a value must look like. False = it does not, and <paramref name="fault"/> says how.</summary>
public delegate bool Shape(JsonNode value, SchemaFault fault);
