using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lob.Fast.Cli;

/// <summary>The instruction sets that matter here, in use and on the machine.</summary>
internal static class InstructionSets
{
    private const string CpuInfoPath = "/proc/cpuinfo";

    public static IReadOnlyList<InstructionSet> All { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 =>
        [
            new("SSE4.2", "sse4_2", Sse42.IsSupported),
            new("POPCNT", "popcnt", Popcnt.IsSupported),
            new("LZCNT", "abm", Lzcnt.IsSupported),
            new("BMI1", "bmi1", Bmi1.IsSupported),
            new("BMI2", "bmi2", Bmi2.IsSupported),
            new("PCLMULQDQ", "pclmulqdq", Pclmulqdq.IsSupported),
            new("AES", "aes", System.Runtime.Intrinsics.X86.Aes.IsSupported),
            new("AVX", "avx", Avx.IsSupported),
            new("AVX2", "avx2", Avx2.IsSupported),
            new("FMA", "fma", Fma.IsSupported),
            new("AVX512F", "avx512f", Avx512F.IsSupported),
            new("AVX512BW", "avx512bw", Avx512BW.IsSupported),
            new("AVX512CD", "avx512cd", Avx512CD.IsSupported),
            new("AVX512DQ", "avx512dq", Avx512DQ.IsSupported),
            new("AVX512VL", "avx512vl", Avx512F.VL.IsSupported),
            new("AVX512VBMI", "avx512vbmi", Avx512Vbmi.IsSupported),
        ],
        Architecture.Arm64 =>
        [
            new("AdvSimd", "asimd", AdvSimd.Arm64.IsSupported),
            new("AES", "aes", System.Runtime.Intrinsics.Arm.Aes.IsSupported),
            new("CRC32", "crc32", Crc32.IsSupported),
            new("DotProd", "asimddp", Dp.IsSupported),
        ],
        _ => [],
    };

    /// <summary>
    /// What the machine has of <see cref="All"/>, by the kernel's own list, which leaves out what the kernel does not
    /// save across threads; null where there is no such list.
    /// </summary>
    public static IReadOnlyList<string>? OfMachine()
    {
        if (!File.Exists(CpuInfoPath))
        {
            return null;
        }

        string? line = File.ReadLines(CpuInfoPath).FirstOrDefault(text =>
            text.StartsWith("flags", StringComparison.Ordinal) || text.StartsWith("Features", StringComparison.Ordinal));
        if (line is null)
        {
            return null;
        }

        HashSet<string> flags = [.. line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return [.. All.Where(set => flags.Contains(set.Flag)).Select(set => set.Name)];
    }
}
