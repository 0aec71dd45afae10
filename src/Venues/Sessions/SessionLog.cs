using Microsoft.Extensions.Logging;

namespace Lob.Fast.Venues.Sessions;

/// <summary>The log lines of connections.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(1, LogLevel.Information, "{Connection}: connecting to {Url}")]
    public static partial void Connecting(ILogger log, string connection, Uri url);

    [LoggerMessage(2, LogLevel.Information, "{Connection}: connected, subscribing {Streams} streams")]
    public static partial void Connected(ILogger log, string connection, int streams);

    [LoggerMessage(3, LogLevel.Information, "{Connection}: all {Streams} streams subscribed")]
    public static partial void Subscribed(ILogger log, string connection, int streams);

    [LoggerMessage(4, LogLevel.Warning, "{Connection}: refused: {Words}")]
    public static partial void Refused(ILogger log, string connection, string words);

    [LoggerMessage(5, LogLevel.Warning, "{Connection}: disconnected: {Reason}; again in {WaitMs} ms")]
    public static partial void Disconnected(ILogger log, string connection, string reason, long waitMs);

    [LoggerMessage(6, LogLevel.Information, "{Connection}: closed")]
    public static partial void Closed(ILogger log, string connection);

    [LoggerMessage(7, LogLevel.Information, "{Connection}: resync of {Stream} in {WaitMs} ms")]
    public static partial void Resync(ILogger log, string connection, string stream, long waitMs);

    [LoggerMessage(8, LogLevel.Information, "{Connection}: book of {Symbol} asked by REST, {Bytes} bytes")]
    public static partial void Answered(ILogger log, string connection, string symbol, int bytes);

    [LoggerMessage(9, LogLevel.Warning, "{Connection}: book of {Symbol} not got by REST: {Reason}; again in {WaitMs} ms")]
    public static partial void AnswerFailed(ILogger log, string connection, string symbol, string reason, long waitMs);

    [LoggerMessage(10, LogLevel.Warning, "{Connection}: nothing came on {Stream} within {Seconds} s of its subscription")]
    public static partial void Silent(ILogger log, string connection, string stream, long seconds);

    [LoggerMessage(11, LogLevel.Error, "{Connection}: a message of {Bytes} bytes is longer than any that is taken; its beginning goes on and will be rejected")]
    public static partial void TooLong(ILogger log, string connection, long bytes);

    [LoggerMessage(12, LogLevel.Warning, "{Connection}: {Streams} streams unacknowledged, asked once more")]
    public static partial void AskedAgain(ILogger log, string connection, int streams);

    [LoggerMessage(13, LogLevel.Information, "{Connection}: {Words}")]
    public static partial void Notice(ILogger log, string connection, string words);

    [LoggerMessage(14, LogLevel.Warning, "{Connection}: {Streams} heartbeats still unacknowledged when asked twice; it goes on without them")]
    public static partial void WithoutHeartbeats(ILogger log, string connection, int streams);
}
