using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>One candle as a venue tells it, and its three records. What is not set was not told.</summary>
internal readonly struct CandleValues
{
    /// <summary>A candle of which only prices, volume and start are told.</summary>
    public CandleValues()
    {
    }

    /// <summary>First price.</summary>
    public required DecimalNumber Open { get; init; }

    /// <summary>Highest price.</summary>
    public required DecimalNumber High { get; init; }

    /// <summary>Lowest price.</summary>
    public required DecimalNumber Low { get; init; }

    /// <summary>Last price: its text form is that of the records.</summary>
    public required DecimalNumber Close { get; init; }

    /// <summary>Volume: its text form is that of the records.</summary>
    public required DecimalNumber Volume { get; init; }

    /// <summary>Decimals of the volume.</summary>
    public required int VolumeDecimals { get; init; }

    /// <summary>When the venue says so, Unix ns; 0 = as of the message.</summary>
    public long VenueTimeNs { get; init; }

    /// <summary>First instant, Unix ns.</summary>
    public required long StartNs { get; init; }

    /// <summary>Last instant, Unix ns; 0 = not told.</summary>
    public long CloseNs { get; init; }

    /// <summary>The interval in the venue's words, first byte lowest.</summary>
    public required ulong IntervalText { get; init; }

    /// <summary>Whether the venue says that nothing is added any more.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Turnover at <see cref="TurnoverDecimals"/>.</summary>
    public long Turnover { get; init; } = Sequence.None;

    /// <summary>Decimals of both turnovers.</summary>
    public int TurnoverDecimals { get; init; }

    /// <summary>Trades in it.</summary>
    public long TradeCount { get; init; } = Sequence.None;

    /// <summary>Volume bought by takers, lots.</summary>
    public long TakerVolumeLots { get; init; } = Sequence.None;

    /// <summary>Turnover of takers who bought, at <see cref="TurnoverDecimals"/>.</summary>
    public long TakerTurnover { get; init; } = Sequence.None;

    /// <summary>Adds the records to the message that <paramref name="draft"/> is at.</summary>
    public void Write(MessageDraft draft, RecordBuffer batch)
    {
        ref Candle candle = ref batch.Add<Candle>();
        SetHeader(draft, ref candle.Header);
        candle.OpenTicks = Open.Value;
        candle.HighTicks = High.Value;
        candle.LowTicks = Low.Value;
        candle.CloseTicks = Close.Value;
        candle.VolumeLots = Volume.Value;

        ref CandleTurnover second = ref batch.Add<CandleTurnover>();
        SetHeader(draft, ref second.Header);
        second.Header.Flags |= RecordFlags.Continued;
        second.Header.Code = IsClosed ? (byte)1 : (byte)0;
        second.Turnover = Turnover;
        second.StartNs = StartNs;
        second.IntervalText = IntervalText;
        second.TradeCount = TradeCount;
        second.TurnoverDecimals = (byte)TurnoverDecimals;
        second.VolumeDecimals = (byte)VolumeDecimals;

        ref CandleTaker third = ref batch.Add<CandleTaker>();
        SetHeader(draft, ref third.Header);
        third.Header.Flags |= RecordFlags.Continued;
        third.TakerVolumeLots = TakerVolumeLots;
        third.TakerTurnover = TakerTurnover;
        third.CloseNs = CloseNs;
    }

    private void SetHeader(MessageDraft draft, ref RecordHeader header)
    {
        draft.SetHeader(ref header, Side.None, Close, Volume);
        if (VenueTimeNs != 0)
        {
            header.VenueTimeNs = VenueTimeNs;
        }
    }
}
