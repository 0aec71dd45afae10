using System.Text.Json;

namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>The platform's JSON reader over all tokens, nothing done with them: the least that any decoder built on it costs.</summary>
internal sealed class TokensWork(BenchRecording recording) : IBenchWork
{
    /// <summary>Tokens of the last run, so that the loop is not taken out.</summary>
    public long Tokens { get; private set; }

    public void Run()
    {
        long tokens = 0;
        for (int i = 0; i < recording.Count * recording.Passes; i++)
        {
            var reader = new Utf8JsonReader(recording[i % recording.Count].Bytes);
            try
            {
                while (reader.Read())
                {
                    tokens++;
                }
            }
            catch (JsonException)
            {
                // Not JSON (OKX says "pong" as bare text): as far as the reader came.
                tokens++;
            }
        }

        Tokens = tokens;
    }

    public void Dispose()
    {
    }
}
