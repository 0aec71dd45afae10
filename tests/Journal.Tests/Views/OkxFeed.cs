using System.Globalization;
using System.Text;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>Frames of OKX <c>books</c> made up by a test, or lines of another venue, through the pipeline into a journal.</summary>
internal sealed class OkxFeed : IDisposable
{
    public const long StartNs = 1_700_000_000_000_000_000;

    private readonly JournalSink.Target _target = new();
    private readonly Logic<JournalSink> _logic;
    private readonly InputSequencer<IVenueDecoder, JournalSink> _sequencer;

    public OkxFeed(string folder, JournalOptions options, Venue venue = Venue.Okx)
    {
        _logic = new Logic<JournalSink>(new JournalSink(_target));
        IVenueDecoder decoder = CodecFactory.Create(venue);
        _target.Writer = JournalFolder.HasSegments(folder)
            ? JournalWriter.OpenForAppend(folder, new ContinuedState(folder, _logic, decoder.Learn), options)
            : JournalWriter.Create(folder, _logic, options);
        _sequencer = new InputSequencer<IVenueDecoder, JournalSink>(decoder, _logic);
    }

    /// <summary>A snapshot; levels as <c>price:quantity</c>, best first.</summary>
    public void Snapshot(string symbol, long atMs, long seq, string bids, string asks, int? checksum = null) => Send(symbol, "snapshot", atMs, -1, seq, bids, asks, checksum ?? Crc(bids, asks));

    /// <summary>A change; its checksum is 0 unless the test knows the whole book.</summary>
    public void Update(string symbol, long atMs, long previous, long seq, string bids, string asks, int checksum = 0) =>
        Send(symbol, "update", atMs, previous, seq, bids, asks, checksum);

    /// <summary>The sum of a book of one level a side or more.</summary>
    public static int Crc(string bids, string asks)
    {
        string[] bid = bids.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] ask = asks.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<string> parts = [];
        for (int i = 0; i < Math.Max(bid.Length, ask.Length); i++)
        {
            parts.AddRange(bid.Skip(i).Take(1));
            parts.AddRange(ask.Skip(i).Take(1));
        }

        return (int)Crc32.Of(Encoding.ASCII.GetBytes(string.Join(':', parts)));
    }

    /// <summary>Anything else.</summary>
    public void Line(string frame, long atMs) => _sequencer.OnFrame(new Frame { Bytes = Encoding.UTF8.GetBytes(frame), ReceivedAtNs = StartNs + (atMs * 1_000_000) });

    public void Dispose()
    {
        _sequencer.Close();
        _target.Writer?.Dispose();
        _sequencer.Dispose();
        _logic.Dispose();
    }

    private void Send(string symbol, string action, long atMs, long previous, long seq, string bids, string asks, int checksum)
    {
        static string Rows(string levels) => string.Join(
            ',', levels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static level => $"[\"{level.Split(':')[0]}\",\"{level.Split(':')[1]}\",\"0\",\"3\"]"));

        string ms = ((StartNs / 1_000_000) + atMs - 5).ToString(CultureInfo.InvariantCulture);
        Line(
            $"{{\"arg\":{{\"channel\":\"books\",\"instId\":\"{symbol}\"}},\"action\":\"{action}\",\"data\":[{{\"asks\":[{Rows(asks)}],\"bids\":[{Rows(bids)}],"
                + $"\"ts\":\"{ms}\",\"checksum\":{checksum},\"prevSeqId\":{previous},\"seqId\":{seq}}}]}}",
            atMs);
    }
}
