using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Engine.Tests.TestSupport;

/// <summary>
/// Keeps everything the logic writes, and holds it to the contract of its sink: never more slots than were reserved, nothing outside of a
/// reservation, a checkpoint only between commits.
/// </summary>
internal sealed class JournalSpy
{
    private readonly List<Record> _open = [];
    private int _left;

    /// <summary>Every record committed.</summary>
    public List<Record> Records { get; } = [];

    /// <summary>What the last commit made visible: an input message and what was derived from it.</summary>
    public Record[] LastCommit { get; private set; } = [];

    public int Commits { get; private set; }

    public int Seals { get; private set; }

    /// <summary>Largest reservation that was used to the last slot, to see that the bound is not merely generous.</summary>
    public int LeastLeft { get; private set; } = int.MaxValue;

    public SpySink Sink => new(this);

    public void Reserve(int slots)
    {
        Assert.Empty(_open);
        Assert.True(slots >= 1);
        _left = slots;
    }

    public void Append(ReadOnlySpan<Record> records)
    {
        _left -= records.Length;
        Assert.True(_left >= 0, $"{-_left} more slots appended than reserved");
        _open.AddRange(records);
    }

    public void Commit()
    {
        LeastLeft = Math.Min(LeastLeft, _left);
        LastCommit = [.. _open];
        Records.AddRange(_open);
        _open.Clear();
        _left = 0;
        Commits++;
    }

    public void Sealed() => Seals++;
}

/// <summary>The spy as the logic wants its sink: a struct.</summary>
internal readonly struct SpySink(JournalSpy spy) : IRecordSink
{
    public void Reserve(int slots, ICheckpointSource state) => spy.Reserve(slots);

    public void Append(ReadOnlySpan<Record> records) => spy.Append(records);

    public void Commit() => spy.Commit();

    public void Sealed() => spy.Sealed();
}
