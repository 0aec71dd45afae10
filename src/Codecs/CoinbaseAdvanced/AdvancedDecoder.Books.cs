using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

// l2_data: snapshots and changes of a book.
public sealed partial class AdvancedDecoder
{
    // The scanner stands at the updates; type and product of the event have been read.
    private bool ReadBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        JsonScanner again = scanner;
        if (!SetProduct(ref scanner, frame, _event[AdvancedFields.ProductId], _channel)
            || !TextFields.TryChoice(ref scanner, _event[AdvancedFields.Type], "snapshot"u8, "update"u8, out bool isSnapshot))
        {
            return false;
        }

        CodecStream? stream = _streamAtHand;
        _draft.Begin(batch, frame, stream, stream?.Instrument ?? _streams.FindInstrument(_symbol.Text), _venueTimeNs);
        int first = WriteBook(ref scanner, batch, isSnapshot, out AdvancedRowsState state);
        if (first < 0)
        {
            return false;
        }

        if (_draft.NeedsDefinition)
        {
            JsonScanner updates = again;
            if (!_draft.TryDefine(ref scanner, frame, batch, NewStreamOf(_channel)))
            {
                return false;
            }

            first = WriteBook(ref updates, batch, isSnapshot, out state);
            if (first < 0)
            {
                return scanner.Fail(updates.Reason, updates.FaultByte);
            }
        }

        // No recorded update names a price of a side twice, and which one held would be a guess. In a snapshot the order of the rows tells.
        int repeat = isSnapshot ? -1 : _repeats.Find(batch.Records[first..]);
        if (repeat >= 0)
        {
            return scanner.Fail(RejectReason.LevelOrder, RowStart(again, repeat));
        }

        Finish(batch, frame, isSnapshot ? MessageType.BookSnapshot : MessageType.BookDelta).MatchingTimeNs = state.EventTimeNs;
        return true;
    }

    // Index of the first row; −1 = a fault.
    private int WriteBook(ref JsonScanner scanner, RecordBuffer batch, bool isSnapshot, out AdvancedRowsState state)
    {
        _draft.Rows.Header.Flags = isSnapshot ? RecordFlags.Snapshot : RecordFlags.None;
        batch.Add<MessageBegin>();
        int first = batch.Count;
        state = AdvancedRows.Begin(isSnapshot, isUsualOnly: false);
        return _rows.Read(ref scanner, ref state, batch) ? first : -1;
    }

    private static int RowStart(JsonScanner updates, int row)
    {
        updates.EnterArray();
        for (int index = 0; index < row; index++)
        {
            updates.NextElement();
            updates.SkipValue();
        }

        updates.NextElement();
        return updates.Position;
    }
}
