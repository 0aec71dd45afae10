using System.Text.Json;

namespace Lob.Fast.VenueSim.Recorded;

/// <summary>Says what the frames of one venue's recordings are. Called for each frame of a recording in order.</summary>
internal interface IRecordedFrames
{
    /// <summary>What a frame is.</summary>
    /// <param name="atNs">When it was received, Unix ns.</param>
    /// <param name="text">As it was sent.</param>
    /// <param name="root">The frame; undefined where it is not JSON.</param>
    /// <param name="symbol">The symbol that the recording names beside it (<c>@BTCUSDT</c>), or null.</param>
    RecordedFrame Read(long atNs, byte[] text, JsonElement root, string? symbol);
}
