using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lob.Fast.Cli.Output;

/// <summary>One JSON object on stdout.</summary>
internal static class JsonOutput
{
    // Text of venues and paths goes to a terminal or a program, not into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Action<Utf8JsonWriter> fields)
    {
        using Stream stdout = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(stdout, Options))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}
