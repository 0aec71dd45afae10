using System.Globalization;
using System.Text.Json;

namespace Lob.Fast.Micro.Journal;

/// <summary>Collects times of cases over the rounds and shows the median, the best and the median of the processor's time.</summary>
internal sealed class FigureTable(string name, string unit)
{
    private const int NameWidth = 44;

    private readonly List<string> _cases = [];
    private readonly Dictionary<string, (List<double> Wall, List<double> Cpu)> _times = [];

    public void Add(string caseName, double wall, double cpu)
    {
        if (!_times.TryGetValue(caseName, out (List<double> Wall, List<double> Cpu) times))
        {
            times = ([], []);
            _times.Add(caseName, times);
            _cases.Add(caseName);
        }

        times.Wall.Add(wall);
        times.Cpu.Add(cpu);
    }

    /// <summary>On stderr as a table, and where a path is given as JSON.</summary>
    public void Write(string? jsonPath)
    {
        Console.Error.WriteLine($"{name} ({unit})".PadRight(NameWidth) + $"{"median",9}{"best",9}{"cpu",9}");
        foreach (string one in _cases)
        {
            (List<double> wall, List<double> cpu) = _times[one];
            Console.Error.WriteLine(one.PadRight(NameWidth) + string.Create(CultureInfo.InvariantCulture, $"{Median(wall),9:F2}{wall.Min(),9:F2}{Median(cpu),9:F2}"));
        }

        if (jsonPath != null)
        {
            using FileStream file = File.Create(jsonPath);
            using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("unit", unit);
            json.WriteNumber("cores", Environment.ProcessorCount);
            json.WriteStartArray("cases");
            foreach (string one in _cases)
            {
                (List<double> wall, List<double> cpu) = _times[one];
                json.WriteStartObject();
                json.WriteString("case", one);
                json.WriteNumber("median", Median(wall));
                json.WriteNumber("best", wall.Min());
                json.WriteNumber("cpuMedian", Median(cpu));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
