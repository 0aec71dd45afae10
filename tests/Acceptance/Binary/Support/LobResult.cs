using System.Text.Json;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>What one run of the binary came to.</summary>
internal sealed record LobResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Exit code 0.</summary>
    public LobResult Succeeded() => ExitedWith(0);

    /// <summary>An exit code, whatever was printed.</summary>
    public LobResult ExitedWith(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode}, not {code}: {this}");
        return this;
    }

    /// <summary>Exit code 1, nothing on stdout, and one line on stderr that says all this.</summary>
    public LobResult FailedSaying(params string[] parts)
    {
        ExitedWith(1);
        Assert.True(Output.Length == 0, $"something on stdout: {this}");
        string[] lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 1 && lines[0].StartsWith("lob ", StringComparison.Ordinal), $"not one line that begins with the program's name: {this}");
        return Says(parts);
    }

    /// <summary>Exit code 2, nothing on stdout, and stderr says all this.</summary>
    public LobResult RefusedSaying(params string[] parts)
    {
        ExitedWith(2);
        Assert.True(Output.Length == 0, $"something on stdout: {this}");
        return Says(parts);
    }

    /// <summary>Stderr says all this.</summary>
    public LobResult Says(params string[] parts)
    {
        foreach (string part in parts)
        {
            Assert.True(Error.Contains(part, StringComparison.Ordinal), $"stderr does not say '{part}': {this}");
        }

        return this;
    }

    /// <summary>Stdout, which must be one JSON object in one line and nothing else.</summary>
    public JsonElement Json()
    {
        Assert.True(Output.EndsWith('\n') && Output.IndexOf('\n', StringComparison.Ordinal) == Output.Length - 1, $"stdout is not one line: {this}");
        using JsonDocument document = JsonDocument.Parse(Output);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        return document.RootElement.Clone();
    }

    public override string ToString() => $"lob {Command}\nexit code {ExitCode}\nstdout:\n{Output}\nstderr:\n{Error}";
}
