using System.Diagnostics;

namespace Lob.Fast.Perf.Books;

/// <summary>What passes over a recording took, in ticks of the clock.</summary>
/// <param name="ChangeTicks">For the messages that change a book.</param>
/// <param name="ChangeLevels">Levels in them.</param>
/// <param name="SnapshotTicks">For the snapshots, emptying the book included.</param>
/// <param name="SnapshotLevels">Levels in them.</param>
internal readonly record struct PassTimes(long ChangeTicks, long ChangeLevels, long SnapshotTicks, long SnapshotLevels)
{
    public double ChangeNsPerLevel => Ns(ChangeTicks, ChangeLevels);

    public double SnapshotNsPerLevel => Ns(SnapshotTicks, SnapshotLevels);

    public double NsPerLevel => Ns(ChangeTicks + SnapshotTicks, ChangeLevels + SnapshotLevels);

    public PassTimes With(bool isSnapshot, long ticks, long levels) => isSnapshot
        ? this with { SnapshotTicks = SnapshotTicks + ticks, SnapshotLevels = SnapshotLevels + levels }
        : this with { ChangeTicks = ChangeTicks + ticks, ChangeLevels = ChangeLevels + levels };

    private static double Ns(long ticks, long levels) => levels == 0 ? 0 : ticks * (1e9 / Stopwatch.Frequency) / levels;
}
