using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Tests.Layouts;

/// <summary>Layout of structures, read by reflection.</summary>
internal static class LayoutText
{
    /// <summary>Every structure of a slot, and the header that they share, by name.</summary>
    public static IReadOnlyList<Type> Records { get; } =
    [
        .. typeof(IRecord).Assembly.GetTypes()
            .Where(static type => type.IsValueType && type.IsAssignableTo(typeof(IRecord)))
            .OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>One line a structure: name, size, fields with offset, size and type.</summary>
    public static string Of(Type type)
    {
        IEnumerable<string> fields = Fields(type).Select(static field => $"{field.Field.Name}@{field.Offset}:{SizeOf(field.Field.FieldType)} {field.Field.FieldType.Name}");
        return $"{type.Name} {SizeOf(type)}: {string.Join(", ", fields)}";
    }

    /// <summary>The public fields of a structure in the order of their offsets.</summary>
    public static IReadOnlyList<(FieldInfo Field, int Offset)> Fields(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Select(static field => (field, field.GetCustomAttribute<FieldOffsetAttribute>()?.Value ?? -1))
            .OrderBy(static pair => pair.Item2),
    ];

    /// <summary>What is wrong with a structure that a slot is to be read as; null = nothing.</summary>
    public static string? Fault(Type type)
    {
        if (!type.IsExplicitLayout)
        {
            return "its layout is not explicit";
        }

        if (SizeOf(type) != Record.SizeInBytes)
        {
            return $"it has {SizeOf(type)} bytes, not {Record.SizeInBytes}";
        }

        if (type.GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Length > 0)
        {
            return "it has hidden fields";
        }

        IReadOnlyList<(FieldInfo Field, int Offset)> fields = Fields(type);
        if (fields.Count == 0 || fields[0].Field.FieldType != typeof(RecordHeader) || fields[0].Offset != 0)
        {
            return "it does not start with the header";
        }

        int end = 0;
        foreach ((FieldInfo field, int offset) in fields)
        {
            int size = SizeOf(field.FieldType);
            if (offset < end)
            {
                return $"{field.Name} overlaps the field before it";
            }

            if (offset % Math.Min(AlignmentOf(field.FieldType), sizeof(long)) != 0)
            {
                return $"{field.Name} is not aligned";
            }

            end = offset + size;
        }

        return end <= Record.SizeInBytes ? null : $"its fields reach byte {end}";
    }

    public static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int AlignmentOf(Type type) => type.IsPrimitive || type.IsEnum ? SizeOf(type) : sizeof(long);
}
