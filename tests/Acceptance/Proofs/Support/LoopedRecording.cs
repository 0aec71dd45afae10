using System.Buffers.Text;
using System.Globalization;
using System.Text.RegularExpressions;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>
/// A recording that can be played again and again: between two rounds all its ids and times are moved on in the text itself, so that the next round follows the
/// last one as one unbroken sequence, or with a gap, so that the book has to be bridged again.
/// </summary>
internal sealed partial class LoopedRecording
{
    private const long NsPerMs = 1_000_000;

    private readonly byte[][] _frames;
    private readonly long[] _receivedAtNs;
    private readonly List<Number> _numbers = [];
    private readonly long _updateIds;
    private readonly long _trades;
    private readonly long _timeMs;

    public LoopedRecording(BinanceMarket market, string[] files, bool withGap = false)
    {
        RecordedFrame[] frames = [.. ProofRecordings.Read(files)];
        _frames = [.. frames.Select(static frame => frame.Bytes.ToArray())];
        _receivedAtNs = [.. frames.Select(static frame => frame.ReceivedAtNs)];
        for (int i = 0; i < _frames.Length; i++)
        {
            foreach (Match match in ShiftedFields().Matches(System.Text.Encoding.UTF8.GetString(_frames[i])))
            {
                Group digits = match.Groups[2];
                _numbers.Add(new Number(i, match.Groups[1].Value, digits.Index, digits.Length));
            }
        }

        // The first delta of a round follows the last one of the round before: on spot by U = u + 1, on futures by pu = u.
        long last = Of("u").Where(IsDelta).Last().Value(_frames);
        _updateIds = market == BinanceMarket.Spot
            ? last + 1 - Of("U").First().Value(_frames)
            : last - Of("pu").First().Value(_frames);
        _updateIds += withGap ? 1_000 : 0;
        _trades = Of("t").Any() ? Of("t").Last().Value(_frames) + 1 - Of("t").First().Value(_frames) : 0;
        _timeMs = ((_receivedAtNs[^1] - _receivedAtNs[0]) / NsPerMs) + 100;
    }

    /// <summary>Frames of a round.</summary>
    public int Count => _frames.Length;

    /// <summary>A frame of this round.</summary>
    public Frame this[int index] => new() { Bytes = _frames[index], ReceivedAtNs = _receivedAtNs[index], Line = index + 1 };

    /// <summary>Goes on to the next round.</summary>
    public void MoveOn()
    {
        foreach (Number number in _numbers)
        {
            number.Add(_frames, number.Field is "E" or "T" ? _timeMs : number.Field == "t" ? _trades : _updateIds);
        }

        for (int i = 0; i < _receivedAtNs.Length; i++)
        {
            _receivedAtNs[i] += _timeMs * NsPerMs;
        }
    }

    private IEnumerable<Number> Of(string field) => _numbers.Where(number => number.Field == field);

    private bool IsDelta(Number number) => _frames[number.Frame].AsSpan().IndexOf("\"depthUpdate\""u8) >= 0;

    [GeneratedRegex("\"(U|u|pu|lastUpdateId|E|T|t)\":([0-9]+)")]
    private static partial Regex ShiftedFields();

    private readonly record struct Number(int Frame, string Field, int At, int Length)
    {
        public long Value(byte[][] frames) => long.Parse(frames[Frame].AsSpan(At, Length), NumberStyles.None, CultureInfo.InvariantCulture);

        public void Add(byte[][] frames, long amount)
        {
            if (!Utf8Formatter.TryFormat(Value(frames) + amount, frames[Frame].AsSpan(At, Length), out int written) || written != Length)
            {
                throw new InvalidOperationException($"{Field} of frame {Frame} gets another number of digits");
            }
        }
    }
}
