namespace Lob.Fast.Baselines.Feeds;

/// <summary>What a message says of the checksum of its book.</summary>
/// <param name="Stated">The checksum; null = there is a field, and it offers none.</param>
/// <param name="AskSign">What stands before the quantity of an ask.</param>
/// <param name="NowNs">Receive time, Unix ns.</param>
internal readonly record struct SimpleChecksum(int? Stated, string AskSign, long NowNs);
