using System.Runtime.InteropServices;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Micro.Rings;

/// <summary>A checksum over the record: about what the journal does with one, and less than a decoder or a book.</summary>
internal readonly struct ChecksumWork : IStageWork
{
    /// <inheritdoc/>
    public void Apply(ref Record item)
    {
        item.Header.ReceivedAtNs++;
        item.Header.VenueTimeNs = Crc32C.Of(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref item, 1)));
    }
}
