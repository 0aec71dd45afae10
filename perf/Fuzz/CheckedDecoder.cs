using System.Runtime.InteropServices;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>
/// A decoder beside a twin of itself that is never shown a rejected frame: as long as both make the same records of every good frame, rejected frames
/// leave no trace in the decoder.
/// </summary>
public sealed class CheckedDecoder(IVenueDecoder decoder, IVenueDecoder twin) : IFrameDecoder, IDisposable
{
    private readonly RecordBuffer _twinBatch = new(4096);

    /// <summary>What was wrong with the last frame; empty = nothing.</summary>
    public string Fault { get; private set; } = "";

    /// <inheritdoc/>
    public DecodeResult Decode(in Frame frame, RecordBuffer batch)
    {
        Fault = "";
        DecodeResult result = decoder.Decode(frame, batch);
        if (result.Outcome == DecodeOutcome.Rejected)
        {
            if (batch.Count > 0)
            {
                Fault = $"a rejected frame left {batch.Count} records";
            }
            else if (result.Reason == RejectReason.None)
            {
                Fault = "rejected without a reason";
            }
            else if ((uint)result.FaultByte > (uint)frame.Bytes.Length && result.Reason != RejectReason.Oversized)
            {
                Fault = $"a fault at byte {result.FaultByte} of {frame.Bytes.Length}";
            }

            return result;
        }

        _twinBatch.Clear();
        DecodeResult same = twin.Decode(frame, _twinBatch);
        if (same != result || !MemoryMarshal.AsBytes(_twinBatch.Records).SequenceEqual(MemoryMarshal.AsBytes(batch.Records)))
        {
            Fault = $"{result} with {batch.Count} records, but {same} with {_twinBatch.Count} of a decoder that saw no rejected frame";
        }
        else if (result.Outcome == DecodeOutcome.Records && batch.Count == 0)
        {
            Fault = "accepted without records";
        }
        else if (result.Outcome != DecodeOutcome.Records && FirstOfMarket(batch) is { } kind)
        {
            Fault = $"{result.Outcome}, but it holds a {kind}";
        }

        return result;
    }

    // What is not market data may leave the number of its connection behind, and what has ended or begun, but no level, quote, trade or candle.
    private static RecordKind? FirstOfMarket(RecordBuffer batch)
    {
        foreach (ref readonly Record record in batch.Records)
        {
            if (record.Header.Kind is RecordKind.LevelSet or RecordKind.Quote or RecordKind.Trade or RecordKind.Candle or RecordKind.OrderOpen
                or RecordKind.OrderChange or RecordKind.OrderDone or RecordKind.OrderMatch or RecordKind.OrderReceived)
            {
                return record.Header.Kind;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Learn(ReadOnlySpan<Record> definition)
    {
        decoder.Learn(definition);
        twin.Learn(definition);
    }

    /// <inheritdoc/>
    public void Dispose() => _twinBatch.Dispose();
}
