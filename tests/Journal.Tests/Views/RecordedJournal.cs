using System.Text;
using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>Journals of the bundled recordings of Binance, in small segments or in one.</summary>
internal static class RecordedJournal
{
    public const string Spot = "spot_btcusdt_20240808.rec.gz";
    public const string SpotSymbol = "BTCUSDT";
    public const string Nkn = "spot_nknusdt_20211012.rec";
    public const string Blz = "spot_blzeth_20211012.rec";

    /// <summary>One segment holds all.</summary>
    public static readonly JournalOptions OneSegment = Journals.Small with { SegmentRecords = 1 << 20 };

    public static string PathOf(string recording) => Path.Combine(PythonScript.Repository, "tests", "data", "binance", recording);

    /// <summary>Writes a journal of the recording.</summary>
    /// <param name="folder">Folder of the journal.</param>
    /// <param name="recording">Name of the file.</param>
    /// <param name="options">How the journal is written.</param>
    /// <param name="skip">Which depth messages are lost, counted from 0; null = none.</param>
    public static void Write(string folder, string recording, JournalOptions options, Func<int, bool>? skip = null)
    {
        string symbol = recording.Split('_')[1].ToUpperInvariant();
        IVenueDecoder decoder = CodecFactory.Create(Venue.BinanceSpot, new DecoderOptions { DefaultSymbol = symbol });
        var target = new JournalSink.Target();
        using var logic = new Logic<JournalSink>(new JournalSink(target));
        using JournalWriter writer = JournalWriter.Create(folder, logic, options);
        target.Writer = writer;
        using var sequencer = new InputSequencer<IVenueDecoder, JournalSink>(decoder, logic);
        using var reader = new RecordingReader([PathOf(recording)]);
        int deltas = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            bool isDelta = line.Frame.Bytes.IndexOf("\"depthUpdate\""u8) >= 0;
            if (!isDelta || skip?.Invoke(deltas++) != true)
            {
                sequencer.OnFrame(line.Frame);
            }
        }

        sequencer.Close();
    }

    /// <summary>Every file of a folder by its path in it, hidden ones included.</summary>
    public static SortedDictionary<string, string> Files(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            files.Add(Path.GetRelativePath(folder, path), Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        }

        return files;
    }
}
