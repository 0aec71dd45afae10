using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Micro.Journal;

/// <summary>
/// Messages of ten records, each committed, onto the disk's cache: ours with checksums, an index and a count that others may follow; the alternatives with
/// none of these. Time a record.
/// </summary>
[MemoryDiagnoser]
public class JournalBenchmarks
{
    private const int RecordsOfMessage = 10;
    private const int Messages = 50_000;
    private const int RecordsInAll = RecordsOfMessage * Messages;
    private const int BufferBytes = 64 * 1024;

    private readonly Record[] _message = new Record[RecordsOfMessage];
    private Logic<NullSink> _state = null!;
    private string _folder = "";
    private JournalWriter _writer = null!;
    private FileStream _buffered = null!;
    private FileStream _plain = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _state = new Logic<NullSink>(default);
        for (int i = 0; i < RecordsOfMessage; i++)
        {
            _message[i].Header.Kind = i == 0 ? RecordKind.MessageBegin : RecordKind.LevelSet;
            _message[i].Header.Flags = (i == 0 ? RecordFlags.FirstInMessage : 0) | (i == RecordsOfMessage - 1 ? RecordFlags.LastInMessage : 0);
            _message[i].Header.StreamId = 1;
        }
    }

    [IterationSetup]
    public void Begin()
    {
        _folder = Path.Combine(Path.GetTempPath(), $"lob-micro-{Environment.ProcessId}");
        _writer = JournalWriter.Create(Path.Combine(_folder, "journal"), _state);
        _buffered = new FileStream(Path.Combine(_folder, "buffered"), FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);
        _plain = new FileStream(Path.Combine(_folder, "plain"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    [IterationCleanup]
    public void End()
    {
        _writer.Dispose();
        _buffered.Dispose();
        _plain.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GlobalCleanup]
    public void CleanUp() => _state.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = RecordsInAll)]
    public void Ours()
    {
        for (int i = 0; i < Messages; i++)
        {
            _writer.Reserve(RecordsOfMessage, _state);
            _writer.Append(_message);
            _writer.Commit();
        }
    }

    /// <summary>A buffer of 64 KiB: nobody else sees a message before it is full.</summary>
    [Benchmark(OperationsPerInvoke = RecordsInAll)]
    public void FileStream_buffered()
    {
        for (int i = 0; i < Messages; i++)
        {
            _buffered.Write(MemoryMarshal.AsBytes(_message.AsSpan()));
        }
    }

    /// <summary>A call of the system for each message: others see it at once, as in ours.</summary>
    [Benchmark(OperationsPerInvoke = RecordsInAll)]
    public void FileStream_each_message()
    {
        for (int i = 0; i < Messages; i++)
        {
            _plain.Write(MemoryMarshal.AsBytes(_message.AsSpan()));
        }
    }
}
