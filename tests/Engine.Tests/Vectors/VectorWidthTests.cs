using System.Globalization;
using System.Runtime.Intrinsics;

namespace Lob.Fast.Engine.Tests.Vectors;

/// <summary>
/// <c>test.sh</c> runs the tests again with narrower vectors, and with none, and says in a variable how wide they may be. Were a switch of the runtime to
/// change its name, those runs would silently test the widest path four times: this test fails then.
/// </summary>
public sealed class VectorWidthTests
{
    private const string BitsVariable = "LOB_VECTOR_BITS";

    // Every 64-bit machine the engine runs on has these.
    private const int BitsMin = 128;

    [Fact]
    public void Vectors_are_as_wide_as_this_run_is_meant_to_test()
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        string? expected = Environment.GetEnvironmentVariable(BitsVariable);
        if (expected is null)
        {
            Assert.True(bits >= BitsMin, $"vectors of at least {BitsMin} bits were expected, the widest here have {bits}");
        }
        else
        {
            Assert.Equal(int.Parse(expected, CultureInfo.InvariantCulture), bits);
        }
    }
}
