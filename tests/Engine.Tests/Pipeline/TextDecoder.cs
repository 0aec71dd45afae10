using System.Globalization;
using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;

namespace Lob.Fast.Engine.Tests.Pipeline;

/// <summary>
/// A venue whose frames say what they are: <c>define VENUE-NS</c>, <c>delta FIRST LAST VENUE-NS</c>, <c>reject STREAM</c>, <c>unknown</c>, <c>control</c>.
/// </summary>
internal sealed class TextDecoder : IFrameDecoder
{
    public DecodeResult Decode(in Frame frame, RecordBuffer batch)
    {
        Assert.Equal(0, batch.Count);
        string[] words = Encoding.ASCII.GetString(frame.Bytes).Split(' ');
        long[] numbers = [.. words[1..].Select(static word => long.Parse(word, CultureInfo.InvariantCulture))];
        switch (words[0])
        {
            case "define":
                batch.AddRange(Messages.Instrument(1, 1, 2, 3, frame.ReceivedAtNs));
                batch.AddRange(Messages.Stream(1, 1, StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, frame.ReceivedAtNs));
                Add(Messages.Delta(1, 1, 1, Sequence.None, frame.ReceivedAtNs), numbers.Length > 0 ? numbers[0] : 0);
                return DecodeResult.Ok;
            case "delta":
                Record[] delta = Messages.Delta(1, numbers[0], numbers[1], Sequence.None, frame.ReceivedAtNs, Level.Bid(numbers[1], 1));
                Add(delta, numbers.Length > 2 ? numbers[2] : 0);
                return DecodeResult.Ok;
            case "reject":
                return DecodeResult.Rejected(RejectReason.BadNumber, 3, (uint)numbers[0]);
            case "unknown":
                return new DecodeResult(DecodeOutcome.UnknownEvent, default, 0, 0);
            default:
                return new DecodeResult(DecodeOutcome.Control, default, 0, 0);
        }

        void Add(Record[] message, long venueTimeNs)
        {
            foreach (ref Record record in message.AsSpan())
            {
                record.Header.VenueTimeNs = venueTimeNs;
            }

            batch.AddRange(message);
        }
    }

    public void Learn(ReadOnlySpan<Record> definition) => throw new NotSupportedException();
}
