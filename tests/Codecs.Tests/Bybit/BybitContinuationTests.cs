using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>A journal that is continued gives the decoder back what it knew.</summary>
public class BybitContinuationTests
{
    [Theory]
    [InlineData(Venue.BybitLinear)]
    [InlineData(Venue.BybitSpot)]
    public void Streams_and_exponents_are_those_of_the_journal(Venue venue)
    {
        string[] frames = [.. BybitSamples.Of(venue).Where(static frame => !frame.Contains("\"list\"", StringComparison.Ordinal))];
        using BybitBench first = new(venue);
        using BybitBench second = new(venue);
        foreach (string frame in frames)
        {
            first.Records(frame);
            Batches.Messages(first.Batch, second.Decoder.Learn);
        }

        foreach (string frame in frames)
        {
            Assert.Equal(first.Records(frame), second.Records(frame));
        }

        Assert.Throws<ArgumentException>(() => second.Decoder.Learn(default));
    }

    [Fact]
    public void Terms_of_an_instrument_are_not_told_twice()
    {
        using BybitBench first = new();
        using BybitBench second = new();
        first.Records(BybitSamples.LinearInstruments);
        Batches.Messages(first.Batch, second.Decoder.Learn);
        second.Send(BybitSamples.LinearInstruments);
        Assert.Equal([new("instruments-info", 1)], second.Decoder.ControlMessages());
    }
}
