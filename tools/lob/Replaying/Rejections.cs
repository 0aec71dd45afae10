using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Replaying;

/// <summary>What becomes of the frames a replay rejects: counted, kept in the quarantine, the first ones told in words.</summary>
internal sealed class Rejections(ReplayRequest request, IVenueDecoder decoder, QuarantineFile? quarantine)
{
    private const int Shown = 5;

    private readonly List<string> _first = [];
    private readonly SortedDictionary<RejectReason, long> _byReason = [];

    /// <summary>The first ones, in words.</summary>
    public IReadOnlyList<string> First => _first;

    /// <summary>All of them, counted.</summary>
    public IReadOnlyDictionary<RejectReason, long> ByReason => _byReason;

    /// <summary>Why a strict replay must stop: the venue's fields are not those that were built for. Null = it need not.</summary>
    public string? BuildFail { get; private set; }

    /// <summary>Takes the frame that was decoded last.</summary>
    public void Add(in Frame frame, in DecodeResult result)
    {
        string source = request.Files[frame.FileIndex];
        quarantine?.Add(source, frame, result.Reason, result.FaultByte);
        _byReason[result.Reason] = _byReason.GetValueOrDefault(result.Reason) + 1;
        bool schema = result.Reason is RejectReason.MissingField or RejectReason.WrongType;
        if (_first.Count >= Shown && !(request.Strict && schema))
        {
            return;
        }

        string text = RejectionText.Of(source, frame, result, decoder.MissingFields(), isImport: request.Decoder != null);
        if (_first.Count < Shown)
        {
            _first.Add(text);
        }

        if (request.Strict && schema)
        {
            BuildFail = text;
        }
    }
}
