using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.TestSupport;

/// <summary>What some venues add to their messages and declarations.</summary>
internal static class MessageEdits
{
    /// <summary>It came by that connection.</summary>
    public static Record[] On(this Record[] message, ushort connection)
    {
        Record.As<MessageBegin>(ref message[0]).Connection = connection;
        return message;
    }

    /// <summary>It carries a checksum.</summary>
    public static Record[] Checked(this Record[] message, int checksum)
    {
        ref MessageBegin begin = ref Record.As<MessageBegin>(ref message[0]);
        begin.Checksum = checksum;
        begin.ChecksumPresence = ChecksumPresence.Offered;
        return message;
    }

    /// <summary>It has a checksum field that says nothing.</summary>
    public static Record[] NotOffered(this Record[] message)
    {
        Record.As<MessageBegin>(ref message[0]).ChecksumPresence = ChecksumPresence.NotOffered;
        return message;
    }

    /// <summary>It came in that frame of its connection; not as the first one of the frame if <paramref name="further"/>.</summary>
    public static Record[] Counted(this Record[] message, long number, bool further = false)
    {
        ref MessageBegin begin = ref Record.As<MessageBegin>(ref message[0]);
        begin.LastSequence = number;
        begin.FirstSequence = Sequence.None;
        begin.PreviousSequence = further ? number : Sequence.None;
        return message;
    }

    /// <summary>The rules of a stream beside continuity and bridge.</summary>
    public static Record[] Rules(
        this Record[] definition,
        ChecksumRule checksum = ChecksumRule.None,
        MismatchPolicy policy = MismatchPolicy.Resync,
        uint depthLimit = 0,
        Evidence? evidence = null)
    {
        ref StreamDefinition first = ref Record.As<StreamDefinition>(ref definition[0]);
        first.Checksum = checksum;
        first.OnMismatch = policy;
        first.DepthLimit = depthLimit;
        first.Evidence = evidence ?? first.Evidence;
        return definition;
    }
}
