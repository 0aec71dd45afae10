using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Engine.Tests.Rings;

public class PaddedSequenceTests
{
    /// <summary>What keeps two positions off one cache line; the value moves if anybody adds a field or changes the padding.</summary>
    [Fact]
    public unsafe void The_value_has_two_cache_lines_of_padding_on_both_sides()
    {
        Assert.Equal(128, PaddedSequence.PaddingBytes);
        Assert.Equal(128 + 8 + 128, Unsafe.SizeOf<PaddedSequence>());

        var sequence = new PaddedSequence();
        sequence.Publish(-1);
        var bytes = new ReadOnlySpan<byte>(&sequence, sizeof(PaddedSequence));
        Assert.Equal(128, bytes.IndexOfAnyExcept((byte)0));
        Assert.Equal(135, bytes.LastIndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void The_value_published_is_read()
    {
        var sequence = default(PaddedSequence);
        Assert.Equal(0, sequence.Read());
        sequence.Publish(long.MaxValue);
        Assert.Equal(long.MaxValue, sequence.Read());
    }

    [Fact]
    public void Neighbours_in_an_array_are_at_least_two_lines_apart()
    {
        var pair = new PaddedSequence[2];
        pair[0].Publish(1);
        pair[1].Publish(2);
        Assert.Equal((1, 2), (pair[0].Read(), pair[1].Read()));
        Assert.True(Unsafe.ByteOffset(ref pair[0], ref pair[1]) >= 256);
    }
}
