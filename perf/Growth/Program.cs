using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Growth;

// dotnet run -c Release --project perf/Growth -- LOB RECORDING SYMBOL FOLDER GIGABYTES JSON
// A recording of Binance USD-M futures, lengthened to that many gigabytes of journal in FOLDER (removed at the end); LOB is the native binary.
const int Places = 9;
const int SegmentBytes = 64 << 20;
const double FirstGigabytes = 0.25;
if (args is not [var lob, var recording, var symbol, var folder, var gigabytes, var jsonPath])
{
    Console.Error.WriteLine("LOB RECORDING SYMBOL FOLDER GIGABYTES JSON");
    return 2;
}

JsonSerializerOptions jsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };
string source = Path.Combine(folder, "source");
string journal = Path.Combine(folder, "journal");
string output = Path.Combine(folder, "files");
_ = Directory.CreateDirectory(folder);
try
{
    Run("replay", "--venue", "binance-usdm", "--journal", source, "--quiet", recording);
    List<GrowthPoint> points = [];
    using JournalGrower grower = new(source, journal);
    for (double size = FirstGigabytes; size <= double.Parse(gigabytes, CultureInfo.InvariantCulture); size *= 2)
    {
        grower.GrowTo((int)(size * (1L << 30) / SegmentBytes));
        points.Add(Measure(grower));
        Console.Error.WriteLine(points[^1]);
    }

    string machine = File.ReadLines("/proc/cpuinfo").First(static line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':', 2)[1].Trim();
    File.WriteAllText(jsonPath, JsonSerializer.Serialize(new { name = "growth", points, machine = $"{machine}, {Environment.ProcessorCount} cores" }, jsonOptions));
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

GrowthPoint Measure(JournalGrower grower)
{
    long firstNs;
    using (var reader = Lob.Fast.Journal.Reading.JournalReader.Open(source))
    {
        firstNs = reader.Segments[0].StartTimeNs;
    }

    double[] books =
    [
        .. Enumerable.Range(1, Places)
            .Select(place => firstNs + ((grower.NowNs - firstNs) / (Places + 1) * place))
            .Select(time => Run("book", journal, "--symbol", symbol, "--at-time", time.ToString(CultureInfo.InvariantCulture)))
            .Order(),
    ];
    double verify = Run("verify", journal);
    double convert = Run("convert", journal, "--to", "csv", "--out", output);
    Directory.Delete(output, recursive: true);
    return new GrowthPoint(grower.Writer.CommittedEnd * Record.SizeInBytes, verify, books[Places / 2], books[^1], convert);
}

double Run(params string[] arguments)
{
    long start = Stopwatch.GetTimestamp();
    using Process process = Process.Start(new ProcessStartInfo(lob, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    Task<string> shown = process.StandardOutput.ReadToEndAsync();
    string said = process.StandardError.ReadToEnd();
    process.WaitForExit();
    _ = shown.Result;
    return process.ExitCode == 0
        ? Stopwatch.GetElapsedTime(start).TotalSeconds
        : throw new InvalidOperationException($"lob {string.Join(' ', arguments)}: exit code {process.ExitCode}: {said}");
}
