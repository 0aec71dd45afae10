namespace Lob.Fast.Engine.Records;

/// <summary>What one lot of an instrument's quantities stands for.</summary>
public enum ContractType : byte
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>Quantities are in base units.</summary>
    Spot = 1,

    /// <summary>Quantities are in contracts of so many base units each.</summary>
    Linear = 2,

    /// <summary>Quantities are in contracts of so many quote units each.</summary>
    Inverse = 3,
}
