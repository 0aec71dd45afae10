using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>The instruments and book streams that a journal declares, and which of them are asked for.</summary>
internal sealed class ViewCatalog(ViewRequest request)
{
    private readonly Dictionary<uint, ViewInstrument> _instruments = [];
    private readonly Dictionary<uint, ViewStream> _selected = [];
    private readonly List<string> _all = [];

    /// <summary>The streams that are asked for, by id.</summary>
    public IReadOnlyDictionary<uint, ViewStream> Selected => _selected;

    /// <summary>Every book stream, asked for or not.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>Takes an instrument's definition or a new epoch of it; all its slots.</summary>
    public ViewInstrument Define(ReadOnlySpan<Record> definition)
    {
        InstrumentDefinition first = Record.Read<InstrumentDefinition>(definition[0]);
        if (!_instruments.TryGetValue(first.InstrumentId, out ViewInstrument? instrument))
        {
            instrument = new ViewInstrument(first.Venue, Record.Read<InstrumentSymbol>(definition[1]).Symbol.ToString());
            _instruments.Add(first.InstrumentId, instrument);
        }

        instrument.Definition = first;
        instrument.Limits = Record.Read<InstrumentLimits>(definition[2]);
        return instrument;
    }

    /// <summary>Takes a stream's definition, all its slots. True for a book stream that is asked for.</summary>
    public bool Declare(ReadOnlySpan<Record> definition)
    {
        StreamDefinition first = Record.Read<StreamDefinition>(definition[0]);
        if (first.Role != StreamRole.Book)
        {
            return false;
        }

        ViewInstrument instrument = _instruments[first.InstrumentId];
        var stream = new ViewStream(first.Header.StreamId, instrument, Record.Read<StreamChannel>(definition[1]).Channel.ToString());
        _all.Add(stream.ToString());
        bool wanted = (request.Symbol == null || string.Equals(request.Symbol, instrument.Symbol, StringComparison.OrdinalIgnoreCase))
            && (request.Venue == null || request.Venue == instrument.Venue)
            && (request.Channel == null || request.Channel == stream.Channel);
        if (wanted)
        {
            instrument.Streams.Add(stream);
            _selected.Add(stream.Id, stream);
        }

        return wanted;
    }
}
