namespace Lob.Fast.Baselines.Feeds;

/// <summary>The book of one (symbol, channel) whose snapshots come in the stream itself, and what was counted on the way.</summary>
public sealed class SimpleFeedStream(string symbol, string channel, int connection)
{
    private const int MismatchesMax = 3;
    private const long MismatchWindowNs = 600_000_000_000;

    private readonly List<long> _mismatchesNs = [];
    private bool _wasLive;

    /// <summary>Symbol as the venue writes it.</summary>
    public string Symbol => symbol;

    /// <summary>Channel as the venue names it, without the symbol.</summary>
    public string Channel => channel;

    /// <summary>Connection on which the stream first appeared.</summary>
    public int Connection => connection;

    /// <summary>How frames of the stream begin: for telling whose a broken frame was.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The levels. While <see cref="SimpleBookState.Broken"/> nothing is claimed of them.</summary>
    public SimpleBook Book { get; } = new();

    /// <summary>State; <see cref="SimpleBookState.Bridging"/> where updates came before the first snapshot, and one asked for apart would do.</summary>
    public SimpleBookState State { get; private set; }

    /// <summary>Sequence of the book; null = the venue states none, or nothing has come.</summary>
    public long? Last { get; private set; }

    /// <summary>The second count of the message applied last, where the venue keeps one (Bybit's <c>seq</c>).</summary>
    public long? Second { get; internal set; }

    /// <summary>What proves the book as it stands.</summary>
    public SimpleEvidence Evidence { get; private set; }

    /// <summary>Snapshots that came.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Snapshots taken by a book that had been live before and was no longer.</summary>
    public int Resyncs { get; private set; }

    /// <summary>Updates applied.</summary>
    public int Updates { get; private set; }

    /// <summary>Snapshots and updates that were applied.</summary>
    public int Applied { get; private set; }

    /// <summary>Messages that were not applied because the book is not live.</summary>
    public int Ignored { get; private set; }

    /// <summary>Live → Broken because something is missing.</summary>
    public int Gaps { get; private set; }

    /// <summary>Live → Empty because the connection is a new one, or the venue asks for it.</summary>
    public int StartsOver { get; private set; }

    /// <summary>Live → Broken because a frame was rejected.</summary>
    public int Rejections { get; private set; }

    /// <summary>Messages ignored because they say what is already there.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Messages that left best bid ≥ best ask.</summary>
    public int Crossed { get; private set; }

    /// <summary>Those of <see cref="Crossed"/> with best bid = best ask.</summary>
    public int Locked { get; private set; }

    /// <summary>Deletes of levels that were not there.</summary>
    public int AbsentDeletes { get; private set; }

    /// <summary>Checksums that were equal.</summary>
    public int ChecksumMatches { get; private set; }

    /// <summary>Checksums that were not.</summary>
    public int ChecksumMismatches { get; private set; }

    /// <summary>Whether checksums have differed so often that they break the book no longer.</summary>
    public bool IsChecksumDistrusted { get; private set; }

    /// <summary>Messages whose checksum field says that there is none.</summary>
    public int ChecksumsNotOffered { get; private set; }

    /// <summary>Most levels that one side ever had.</summary>
    public int MaxLevels { get; private set; }

    /// <summary>A whole book: whatever was before is forgotten, and the book is live; unless a checksum in the message says that it is another one.</summary>
    internal void Replace(SimpleRows rows, long? last, SimpleEvidence evidence, SimpleChecksum? checksum = null)
    {
        Snapshots++;
        Book.Clear();
        int absent = Set(rows);
        Evidence = SimpleEvidence.None;
        if (checksum is { } stated && !IsEqual(stated))
        {
            // Of a book that was not live nothing is missing now.
            Ignored += State == SimpleBookState.Live ? 0 : 1;
            Forget();
            return;
        }

        Resyncs += _wasLive && State != SimpleBookState.Live ? 1 : 0;
        _wasLive = true;
        State = SimpleBookState.Live;
        Proven(absent, last, evidence);
    }

    /// <summary>Absolute quantities of some levels; a checksum in the message is of the book behind it.</summary>
    internal void Change(SimpleRows rows, long? last, SimpleEvidence evidence, SimpleChecksum? checksum = null)
    {
        int absent = Set(rows);
        if (checksum is { } stated && !IsEqual(stated))
        {
            Forget();
            return;
        }

        Updates++;
        Proven(absent, last, evidence);
    }

    /// <summary>An update of a book that is not live.</summary>
    internal void Ignore() => Ignored++;

    /// <summary>An update of a book that is not live, but could be joined to a book that was asked for apart.</summary>
    internal void Wait()
    {
        Ignored++;
        State = State == SimpleBookState.Empty ? SimpleBookState.Bridging : State;
    }

    /// <summary>Something the book has already.</summary>
    internal void Repeat() => Duplicates++;

    /// <summary>Something is missing.</summary>
    internal void Gap()
    {
        if (State == SimpleBookState.Live)
        {
            Gaps++;
            Break();
        }
    }

    /// <summary>A frame of this stream was rejected, so its content is missing.</summary>
    internal void Rejected()
    {
        if (State == SimpleBookState.Live)
        {
            Rejections++;
            Break();
        }
    }

    /// <summary>The venue's checksum of the book as it stands; a difference is a gap, and the book is forgotten.</summary>
    internal void Check(SimpleChecksum checksum)
    {
        if (!IsEqual(checksum))
        {
            Forget();
        }
    }

    /// <summary>The connection is a new one, or the venue says that all books must be fetched again.</summary>
    internal void StartOver()
    {
        StartsOver += State == SimpleBookState.Live ? 1 : 0;
        Empty();
    }

    /// <summary>
    /// The venue confirms that it sends no more of this stream: nothing was lost, and if it comes back, it comes for the first time, unless it was broken.
    /// </summary>
    internal void End()
    {
        _wasLive &= State == SimpleBookState.Broken;
        Empty();
    }

    private void Break()
    {
        State = SimpleBookState.Broken;
        Evidence = SimpleEvidence.None;
    }

    private void Empty()
    {
        if (State == SimpleBookState.Empty)
        {
            return;
        }

        Break();
        State = SimpleBookState.Empty;
        Last = null;
        Book.Clear();
        _mismatchesNs.Clear();
        IsChecksumDistrusted = false;
    }

    // The third difference within ten minutes, and each that follows, is only counted: then the checksum is what is wrong.
    private bool IsEqual(SimpleChecksum checksum)
    {
        if (checksum.Stated is not { } stated)
        {
            ChecksumsNotOffered++;
            Evidence &= ~SimpleEvidence.Checksum;
            return true;
        }

        if (stated == SimpleCrc32.Of(Book, checksum.AskSign))
        {
            ChecksumMatches++;
            Evidence |= SimpleEvidence.Checksum;
            return true;
        }

        ChecksumMismatches++;
        Evidence &= ~SimpleEvidence.Checksum;
        _mismatchesNs.Add(checksum.NowNs);
        IsChecksumDistrusted |= _mismatchesNs.Count >= MismatchesMax && checksum.NowNs - _mismatchesNs[^MismatchesMax] <= MismatchWindowNs;
        return IsChecksumDistrusted;
    }

    private void Forget()
    {
        Gap();
        Book.Clear();
    }

    // A checksum that was equal says so until one differs.
    private void Proven(int absent, long? last, SimpleEvidence evidence)
    {
        Applied++;
        AbsentDeletes += absent;
        Last = last;
        Evidence = evidence | (Evidence & SimpleEvidence.Checksum);
        Crossed += Book.IsCrossed ? 1 : 0;
        Locked += Book.IsLocked ? 1 : 0;
        MaxLevels = Math.Max(MaxLevels, Math.Max(Book.Bids.Count, Book.Asks.Count));
    }

    private int Set(SimpleRows rows) =>
        rows.Bids.Count(row => !Book.Set(isBid: true, row)) + rows.Asks.Count(row => !Book.Set(isBid: false, row));
}
