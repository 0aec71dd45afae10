using System.Runtime.InteropServices;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Reruns;

/// <summary>
/// Feeds the inputs of a journal to the logic again and compares, byte by byte, every derived record and every checkpoint with those that the journal holds.
/// </summary>
public static class JournalRerun
{
    /// <summary>Runs the whole journal, from its oldest segment's checkpoint.</summary>
    /// <param name="reader">The journal.</param>
    /// <param name="options">Sizes of the logic; they decide nothing that is journaled.</param>
    /// <param name="progress">Called now and then with the index of the record reached; may be null.</param>
    public static RerunResult Run(JournalReader reader, EngineOptions? options = null, Action<long>? progress = null)
    {
        using var produced = new ProducedRecords();
        using var logic = new Logic<RerunSink>(new RerunSink(produced), options);
        using var checkpoint = new RecordBuffer();
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.All);
        long inputs = 0;
        long derived = 0;
        bool started = false;
        string? difference = null;
        while (difference == null && cursor.MoveNext())
        {
            ReadOnlySpan<Record> message = cursor.Message;
            if (cursor.IsCheckpoint)
            {
                if (!started)
                {
                    logic.Restore(message);
                }
                else
                {
                    checkpoint.Clear();
                    logic.WriteCheckpoint(checkpoint);
                    difference = produced.Missing() ?? Compare(message, checkpoint.Records, "checkpoint");
                }

                started = true;
            }
            else if (cursor.IsDerived)
            {
                derived += message.Length;
                difference = produced.Take(message);
            }
            else
            {
                difference = produced.Missing();
                if (difference == null)
                {
                    inputs += message.Length;
                    produced.Clear();
                    logic.Process(message);
                }
            }

            if (difference != null)
            {
                difference = $"segment {cursor.SegmentNumber:D8}, record {cursor.Slot}: {difference}";
            }

            progress?.Invoke(cursor.Index);
        }

        // Inputs and what they led to are committed as one, so nothing may be missing at the end either.
        difference ??= produced.Missing() is { } missing ? $"at the end of the journal: {missing}" : null;
        return new RerunResult(inputs, derived, difference);
    }

    internal static string? Compare(ReadOnlySpan<Record> found, ReadOnlySpan<Record> expected, string what)
    {
        for (int i = 0; i < Math.Min(found.Length, expected.Length); i++)
        {
            ReadOnlySpan<byte> foundBytes = MemoryMarshal.AsBytes(found.Slice(i, 1));
            ReadOnlySpan<byte> expectedBytes = MemoryMarshal.AsBytes(expected.Slice(i, 1));
            int at = foundBytes.CommonPrefixLength(expectedBytes);
            if (at < foundBytes.Length)
            {
                return $"{what}, slot {i} ({expected[i].Header.Kind}), byte {at}: the rerun gives {Convert.ToHexString(expectedBytes)}, "
                    + $"the journal holds {Convert.ToHexString(foundBytes)}";
            }
        }

        return found.Length == expected.Length ? null : $"{what}: the rerun gives {expected.Length} slots, the journal holds {found.Length}";
    }
}
