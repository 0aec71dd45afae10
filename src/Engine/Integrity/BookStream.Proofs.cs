using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <content>What is watched at every message end, and sealed every second.</content>
public sealed partial class BookStream
{
    private const byte NotCompared = 0;
    private const byte Compared = 1;

    private SealCounts _second;
    private SealProofs _secondProofs;
    private long _secondFirstSequence = Sequence.None;
    private bool _changed;
    private long _crossedSinceNs;
    private bool _locked;
    private readonly BestMemory _ownBests = new();

    /// <summary>Whether anything happened to the stream in the open second.</summary>
    internal bool Changed => _changed;

    /// <summary>A ticker of the instrument: compared at once if the book has stood at its update id.</summary>
    internal void OnTicker(in RememberedBest ticker)
    {
        int index = _ownBests.Find(ticker.UpdateId);
        if (index >= 0 && _ownBests[index].Header.Code == NotCompared)
        {
            Compare(ref _ownBests[index], ticker);
        }
    }

    /// <summary>Writes the seal of the second that ends now, and opens the next.</summary>
    internal void Seal(DerivedRecords derived)
    {
        AddCrossedTime(derived.NowNs);
        ref Seal seal = ref derived.Add<Seal>(Id, (byte)State, RecordFlags.FirstInMessage);
        FillSeal(ref seal);
        ref SealCounts counts = ref derived.Add<SealCounts>(Id, (byte)Evidence, RecordFlags.Continued);
        CopyCounts(_second, ref counts);
        ref SealProofs proofs = ref derived.Add<SealProofs>(Id, 0, RecordFlags.Continued | RecordFlags.LastInMessage);
        CopyProofs(_secondProofs, ref proofs);
        _second = default;
        _secondProofs = default;
        _secondFirstSequence = Sequence.None;
        _changed = false;
    }

    private void FillSeal(ref Seal seal)
    {
        seal.Header.VenueTimeNs = VenueTimeNs;
        seal.DigestLow = Book.Digest.Low;
        seal.DigestHigh = Book.Digest.High;
        seal.FirstSequence = _secondFirstSequence;
        seal.LastSequence = LastSequence;
        seal.BidLevels = (uint)Book.BidCount;
        seal.AskLevels = (uint)Book.AskCount;
    }

    private static void CopyCounts(in SealCounts from, ref SealCounts to)
    {
        RecordHeader header = to.Header;
        to = from;
        to.Header = header;
    }

    private static void CopyProofs(in SealProofs from, ref SealProofs to)
    {
        RecordHeader header = to.Header;
        to = from;
        to.Header = header;
    }

    /// <summary>At a message end: counts a book whose sides meet, and the time until they part.</summary>
    private void ObserveCross(long nowNs)
    {
        AddCrossedTime(nowNs);
        BookLevel bid = Book.BestBid;
        BookLevel ask = Book.BestAsk;
        if (bid.QuantityLots == 0 || ask.QuantityLots == 0 || bid.PriceTicks < ask.PriceTicks)
        {
            _crossedSinceNs = 0;
            return;
        }

        _locked = bid.PriceTicks == ask.PriceTicks;
        _crossedSinceNs = nowNs;
        _second.Crossed++;
        _totals.Crossed++;
        if (_locked)
        {
            _second.Locked++;
            _totals.Locked++;
        }
    }

    private void AddCrossedTime(long nowNs)
    {
        if (_crossedSinceNs == 0)
        {
            return;
        }

        if (_locked)
        {
            _secondProofs.LockedNs += nowNs - _crossedSinceNs;
        }
        else
        {
            _secondProofs.CrossedNs += nowNs - _crossedSinceNs;
        }

        _crossedSinceNs = nowNs;
    }

    /// <summary>
    /// After a delta was applied: the ticker with the same update id may have come before it, or may still come. Snapshots are left out: that one equals the
    /// ticker says nothing about the deltas.
    /// </summary>
    private void CompareWithTicker()
    {
        // A message that changes nothing may repeat the id of the one before: that one was compared.
        if (LastSequence == Sequence.None || _ownBests.Find(LastSequence) >= 0)
        {
            return;
        }

        BookLevel bid = Book.BestBid;
        BookLevel ask = Book.BestAsk;
        var own = new RememberedBest
        {
            Header = new RecordHeader { Kind = RecordKind.RememberedBest },
            UpdateId = LastSequence,
            BidTicks = bid.PriceTicks,
            BidLots = bid.QuantityLots,
            AskTicks = ask.PriceTicks,
            AskLots = ask.QuantityLots,
        };
        int index = Instrument.Tickers.Find(LastSequence);
        if (index >= 0)
        {
            Compare(ref own, Instrument.Tickers[index]);
        }

        _ownBests.Remember(own);
    }

    private void Compare(ref RememberedBest own, in RememberedBest ticker)
    {
        own.Header.Code = Compared;
        _secondProofs.BestCompared++;
        _totals.BestCompared++;
        _changed = true;
        if (IsSame(own.BidTicks, own.BidLots, ticker.BidTicks, ticker.BidLots) && IsSame(own.AskTicks, own.AskLots, ticker.AskTicks, ticker.AskLots))
        {
            _secondProofs.BestEqual++;
            _totals.BestEqual++;
        }

        // An empty side is quantity 0 on both, whatever price the venue fills in.
        static bool IsSame(long ownTicks, long ownLots, long ticks, long lots) => ownLots == lots && (lots == 0 || ownTicks == ticks);
    }
}
