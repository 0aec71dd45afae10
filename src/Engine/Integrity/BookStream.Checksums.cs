using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <content>What the venue's checksums say of the book.</content>
public sealed partial class BookStream
{
    /// <summary>
    /// So many mismatches within <see cref="MismatchWindowNs"/> and the checksum is believed no longer: the book stays live by its sequence alone, until
    /// the connection is opened anew. Without this limit a venue that breaks its own checksum makes every book resubscribe for ever.
    /// </summary>
    public const int MismatchesMax = 3;

    /// <summary>Ten minutes, ns.</summary>
    public const long MismatchWindowNs = 600_000_000_000;

    // Null where the venue computes none.
    private readonly BookChecksum? _checksum;
    private int _lastChecksum;
    private ChecksumPresence _lastPresence;
    private long _lastMismatchNs;
    private long _earlierMismatchNs;

    // A checksum has matched since the book was loaded, and none has differed since. Never while checksums are distrusted.
    private bool _verified;

    // Too many have differed.
    private bool _distrusted;

    /// <summary>The checksum last sent with a message of the stream that was applied; see <see cref="LastChecksumPresence"/>.</summary>
    public int LastChecksum => _lastChecksum;

    /// <summary>Whether <see cref="LastChecksum"/> says anything.</summary>
    public ChecksumPresence LastChecksumPresence => _lastPresence;

    /// <summary>Whether mismatches have come so often that they break the book no longer.</summary>
    public bool IsChecksumDistrusted => _distrusted;

    /// <summary>A checksum that came in a message of its own, over the book as it stands.</summary>
    private void OnChecksum(in MessageBegin begin, DerivedRecords derived)
    {
        _second.Messages++;
        _totals.Messages++;
        _changed = true;
        if (!IsProven)
        {
            return;
        }

        Evidence before = Evidence;
        if (!Verify(begin, derived, out int own))
        {
            BreakByChecksum(begin.Checksum, own, derived);
            return;
        }

        NoteChecksum(begin);
        Heard(derived);
        ShowEvidence(before, derived);
    }

    /// <summary>
    /// Compares the book, which holds the message already, with the checksum the message carries, and counts the verdict. False = they differ and the
    /// book must break.
    /// </summary>
    private bool Verify(in MessageBegin begin, DerivedRecords derived, out int own)
    {
        own = 0;
        if (_checksum is null || begin.ChecksumPresence == ChecksumPresence.NoField)
        {
            return true;
        }

        if (begin.ChecksumPresence == ChecksumPresence.NotOffered)
        {
            _verified = false;
            _secondProofs.ChecksumsNotOffered++;
            _totals.ChecksumsNotOffered++;
            return true;
        }

        own = _checksum.Of(Book);
        if (own == begin.Checksum)
        {
            _verified = !_distrusted;
            _secondProofs.ChecksumMatches++;
            _totals.ChecksumMatches++;
            return true;
        }

        _verified = false;
        _secondProofs.ChecksumMismatches++;
        _totals.ChecksumMismatches++;
        if (_definition.OnMismatch == MismatchPolicy.Warn || _distrusted)
        {
            return true;
        }

        _distrusted = _earlierMismatchNs != 0 && derived.NowNs - _earlierMismatchNs <= MismatchWindowNs;
        _earlierMismatchNs = _lastMismatchNs;
        _lastMismatchNs = derived.NowNs;
        return _distrusted;
    }

    /// <summary>What the book holds is not what the venue holds: it is forgotten, and waits for a snapshot.</summary>
    private void BreakByChecksum(int venue, int own, DerivedRecords derived)
    {
        Break(GapReason.Checksum, venue, own, derived);
        ForgetLevels(derived.NowNs);
    }

    /// <summary>The proof got better or worse while the state stayed: said by a record, because every reader shows it.</summary>
    private void ShowEvidence(Evidence before, DerivedRecords derived)
    {
        if (IsProven && Evidence != before)
        {
            ChangeState(State, derived);
        }
    }

    private void NoteChecksum(in MessageBegin begin)
    {
        _lastChecksum = begin.Checksum;
        _lastPresence = begin.ChecksumPresence;
    }

    /// <summary>
    /// A new connection is believed again. When mismatches came stays known: the limit holds for those who resubscribe by connecting anew, too.
    /// </summary>
    private void ForgetChecksums()
    {
        _lastChecksum = 0;
        _lastPresence = ChecksumPresence.NoField;
        _verified = false;
        _distrusted = false;
    }
}
