namespace Lob.Fast.Cli;

/// <summary>One set of machine instructions.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Flag">As Linux writes it in <c>/proc/cpuinfo</c>.</param>
/// <param name="InUse">What <c>IsSupported</c> says in this build on this machine.</param>
internal readonly record struct InstructionSet(string Name, string Flag, bool InUse);
