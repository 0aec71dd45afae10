namespace Lob.Fast.Engine.Records;

/// <summary>Why a <see cref="Timer"/> stands in the input.</summary>
public enum TimerEvent : byte
{
    /// <summary>A whole second was reached: the second before it is sealed.</summary>
    Second = 0,

    /// <summary>The input ended cleanly: the open second is sealed.</summary>
    Close = 1,
}
