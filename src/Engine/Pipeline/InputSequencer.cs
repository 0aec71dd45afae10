namespace Lob.Fast.Engine.Pipeline;

/// <summary>The sequencer of the fused layout: decoder, logic and journal on one thread, each a direct call from the one before.</summary>
/// <param name="decoder">Decoder of the venue.</param>
/// <param name="logic">What it feeds, and whose clock it continues.</param>
/// <typeparam name="TDecoder">Type of the decoder.</typeparam>
/// <typeparam name="TSink">Sink of the logic.</typeparam>
public sealed class InputSequencer<TDecoder, TSink>(TDecoder decoder, Logic<TSink> logic)
    : FrameSequencer<TDecoder, LogicInput<TSink>>(decoder, new LogicInput<TSink>(logic), logic.NowNs)
    where TDecoder : IFrameDecoder
    where TSink : struct, IRecordSink;
