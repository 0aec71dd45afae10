using System.Runtime.InteropServices;

namespace Lob.Fast.Baselines.Values;

/// <summary>
/// The decoders of perf/Simdjson, where somebody has built them: <c>perf/Simdjson/build.sh</c> puts the library into <c>artifacts/simdjson</c>, which is looked
/// for on the way up from the program.
/// </summary>
public static unsafe class SimdjsonLibrary
{
    private const string RelativePath = "artifacts/simdjson/liblob_simdjson.so";

    private static readonly Lazy<nint> Library = new(Load);

    /// <summary>Whether it is there.</summary>
    public static bool IsPresent => Library.Value != 0;

    /// <summary>Why there is nothing to measure, where it is not there.</summary>
    public static string WhyAbsent => $"skipped: no {RelativePath} (apt-get install g++ libsimdjson-dev, then perf/Simdjson/build.sh)";

    /// <summary>Version of simdjson and its kernel for this machine, such as <c>3.0.1 icelake</c>; empty where the library is not there.</summary>
    public static string Version
    {
        get
        {
            if (!IsPresent)
            {
                return "";
            }

            var version = (delegate* unmanaged<byte*>)Export("lob_simdjson_version");
            return Marshal.PtrToStringUTF8((nint)version()) ?? "";
        }
    }

    /// <summary>A function of the library, which is there.</summary>
    internal static nint Export(string name) => NativeLibrary.GetExport(Library.Value, name);

    private static nint Load()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, RelativePath);
            if (File.Exists(path))
            {
                return NativeLibrary.TryLoad(path, out nint handle) ? handle : 0;
            }
        }

        return 0;
    }
}
