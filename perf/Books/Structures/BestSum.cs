namespace Lob.Fast.Perf.Books.Structures;

/// <summary>The best of both sides as one number: equal sums over all messages say that two structures held the same best levels all along.</summary>
internal static class BestSum
{
    public static long Of(long bidTicks, long bidLots, long askTicks, long askLots) =>
        (((((bidTicks * 31) + bidLots) * 31) + askTicks) * 31) + askLots;
}
