using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;

namespace Lob.Fast.Journal.Writing;

/// <summary>
/// The journal as the logic's thread sees it in the split layout: records go into a ring, published once an input message with all that it led to. Where a
/// segment rolls is decided here, because the checkpoint it opens with is the logic's state at that point and at no later one: the slots are counted as
/// the writer fills them, and at the roll the checkpoint goes into the ring. So the files have the bytes of the fused layout.
/// </summary>
public sealed class JournalFeed : IRecordSink, IDisposable
{
    private readonly RecordRing<NamedWaitStrategy> _ring;
    private readonly StageFailure _failure;
    private readonly RecordBuffer _checkpoint = new();
    private SegmentAccount _account;
    private bool _inPieces;

    /// <summary>Continues where <paramref name="writer"/> stands, which from then on belongs to the thread behind <paramref name="ring"/>.</summary>
    /// <param name="ring">The ring to a <see cref="JournalStage"/>.</param>
    /// <param name="writer">The writer that stage has.</param>
    /// <param name="failure">Where it leaves what ended it: thrown here.</param>
    public JournalFeed(RecordRing<NamedWaitStrategy> ring, JournalWriter writer, StageFailure failure)
    {
        _ring = ring;
        _failure = failure;
        _account = writer.Account();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int slots, ICheckpointSource state)
    {
        if (!_account.Fits(slots))
        {
            Roll(slots, state);
        }

        if (slots > _ring.Capacity)
        {
            Say(JournalControlKind.Open);
            _inPieces = true;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<Record> records)
    {
        _account = _account.Append(records);
        Write(records);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit()
    {
        if (_inPieces)
        {
            Say(JournalControlKind.Commit);
            _inPieces = false;
        }

        _ring.Publish();
        if (_ring.IsAbandoned)
        {
            _failure.Throw();
        }
    }

    /// <inheritdoc/>
    public void Sealed()
    {
        Say(JournalControlKind.Seal);
        _ring.Publish();
    }

    /// <inheritdoc/>
    public void Dispose() => _checkpoint.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Roll(int slots, ICheckpointSource state)
    {
        _checkpoint.Clear();
        state.WriteCheckpoint(_checkpoint);
        int end = _account.Next;
        _account = _account.Roll(_checkpoint.Records, slots);
        Say(new JournalControl
        {
            Header = new RecordHeader { Code = (byte)JournalControlKind.Roll },
            Slots = slots,
            CheckpointSlots = _checkpoint.Count,
            EndSlot = end,
            Capacity = _account.Capacity,
            FirstSlot = _account.Next,
        });
        Write(_checkpoint.Records);
        _ring.Publish();
    }

    private void Write(ReadOnlySpan<Record> records)
    {
        if (!_ring.Append(records))
        {
            _failure.Throw();
        }
    }

    private void Say(JournalControlKind kind) => Say(new JournalControl { Header = new RecordHeader { Code = (byte)kind } });

    private void Say(in JournalControl control)
    {
        Record slot = Record.Of(control);
        Write(new ReadOnlySpan<Record>(in slot));
    }
}
