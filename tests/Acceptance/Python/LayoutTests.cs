using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.TestSupport;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Python;

/// <summary>The record structures are the specification: what examples/python/lob_journal.py says of them is compared field by field.</summary>
public partial class LayoutTests
{
    [PythonFact]
    public void The_dtypes_are_the_structures()
    {
        Dictionary<string, Structure> structures = typeof(Record).Assembly.GetTypes()
            .Where(static type => type.IsValueType && type.IsAssignableTo(typeof(IRecord)))
            .ToDictionary(static type => type.Name, static type => new Structure(KindOf(type), SizeOf(type), Fields(type)));
        Assert.True(structures.Count > 20, "the record structures were not found");
        structures.Add(nameof(SegmentHeader), new Structure(0, SizeOf(typeof(SegmentHeader)), Fields(typeof(SegmentHeader))));
        structures.Add(nameof(BlockEntry), new Structure(0, SizeOf(typeof(BlockEntry)), Fields(typeof(BlockEntry))));

        var told = new
        {
            structures,
            enumerations = new Dictionary<string, Dictionary<string, int>>
            {
                ["Kind"] = Values<RecordKind>(),
                ["Flag"] = Values<RecordFlags>(),
                ["State"] = Values<BookState>(),
                ["Side"] = Values<Side>(),
                ["Role"] = Values<StreamRole>(),
                ["MessageType"] = Values<MessageType>(),
                ["Evidence"] = Values<Evidence>(),
            },
            venues = Values<Venue>().Values.ToDictionary(static value => ((Venue)value).ToName(), static value => value),
        };
        string json = JsonSerializer.Serialize(told, JsonSerializerOptions.Web);
        Assert.Equal("same", PythonScript.Run("tests/oracle/layout.py", [], json).Succeeded().Trim());
    }

    /// <summary>Name in Python: offset, size, NumPy's letter for the type.</summary>
    private static Dictionary<string, object[]> Fields(Type type, int start = 0, string suffix = "")
    {
        Dictionary<string, object[]> fields = [];
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            int offset = start + field.GetCustomAttribute<FieldOffsetAttribute>()!.Value;
            if (field.FieldType == typeof(RecordHeader) || field.FieldType == typeof(ChecksumSlot))
            {
                string inner = field.FieldType == typeof(ChecksumSlot) ? "_" + field.Name[^1..].ToLowerInvariant() : "";
                foreach ((string name, object[] value) in Fields(field.FieldType, offset, inner))
                {
                    fields.Add(name, value);
                }
            }
            else
            {
                fields.Add(SnakeCase(field.Name) + suffix, [offset, SizeOf(field.FieldType), LetterOf(field.FieldType)]);
            }
        }

        return fields;
    }

    private static string SnakeCase(string name) => CapitalInside().Replace(name, "_$0").ToLowerInvariant();

    private static int SizeOf(Type type) => (int)typeof(System.Runtime.CompilerServices.Unsafe).GetMethod("SizeOf")!.MakeGenericMethod(type).Invoke(null, null)!;

    private static string LetterOf(Type type) => type switch
    {
        _ when type == typeof(Text40) => "S",
        _ when type == typeof(Hash32) => "V",
        _ when type == typeof(long) || type == typeof(int) => "i",
        _ => "u",
    };

    private static int KindOf(Type type) => (int)(RecordKind)type.GetProperty("Kind", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;

    /// <summary>All but the value that stands for nothing; Python has no None but its own, so evidence keeps its value under another name.</summary>
    private static Dictionary<string, int> Values<T>() where T : struct, Enum => Enum.GetValues<T>()
        .Where(static value => value.ToString() != "None" || typeof(T) == typeof(Evidence))
        .ToDictionary(static value => value.ToString() == "None" ? "Nothing" : value.ToString(), static value => Convert.ToInt32(value, null));

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex CapitalInside();

    private sealed record Structure(int Kind, int Size, Dictionary<string, object[]> Fields);
}
