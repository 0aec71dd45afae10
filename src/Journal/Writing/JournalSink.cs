using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Writing;

/// <summary>
/// The journal as the logic sees it: written on the same thread, or fed to another. Until either is attached nothing is written: that is how the state of a
/// journal that is to be continued is computed from what it holds.
/// </summary>
public readonly struct JournalSink(JournalSink.Target target) : IRecordSink
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int slots, ICheckpointSource state)
    {
        if (target.Writer is { } writer)
        {
            writer.Reserve(slots, state);
        }
        else
        {
            target.Feed?.Reserve(slots, state);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<Record> records)
    {
        if (target.Writer is { } writer)
        {
            writer.Append(records);
        }
        else
        {
            target.Feed?.Append(records);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit()
    {
        if (target.Writer is { } writer)
        {
            writer.Commit();
        }
        else
        {
            target.Feed?.Commit();
        }
    }

    /// <inheritdoc/>
    public void Sealed()
    {
        if (target.Writer is { } writer)
        {
            writer.Sealed();
        }
        else
        {
            target.Feed?.Sealed();
        }
    }

    /// <summary>Where a sink writes to: one of the two, or nowhere yet.</summary>
    public sealed class Target
    {
        /// <summary>The writer on the logic's own thread.</summary>
        public JournalWriter? Writer { get; set; }

        /// <summary>The way to a writer on another thread.</summary>
        public JournalFeed? Feed { get; set; }

        /// <summary>Whether anything is written.</summary>
        public bool IsAttached => Writer is not null || Feed is not null;
    }
}
