using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

// REST answers, {"code":"0","msg":"","data":[…]}: books and the list of instruments, told apart by their first item.
public sealed partial class OkxDecoder
{
    private DecodeOutcome InterpretAnswer(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Answer = (1UL << OkxFields.Code) | (1UL << OkxFields.Data);
        if (!Fields.Check(ref scanner, _top, Answer, 0)
            || !Fields.CheckType(ref scanner, _top, OkxFields.Code, JsonToken.String)
            || !Fields.CheckType(ref scanner, _top, OkxFields.Data, JsonToken.Array))
        {
            return DecodeOutcome.Rejected;
        }

        if (!scanner.TextIs(_top[OkxFields.Code], "0"u8))
        {
            return Control("error"u8);
        }

        // The frame has been validated; this only looks at what it is.
        JsonScanner first = new(frame.Bytes, _top[OkxFields.Data].Start);
        first.EnterArray();
        if (!first.NextElement() || first.Peek() != JsonToken.Object)
        {
            return Unknown("answer"u8);
        }

        ReadMembers(ref first, frame, batch, _item, OkxScope.Item);
        if (_item.Has(OkxFields.Asks) || _item.Has(OkxFields.Bids))
        {
            return ReadRestBook(ref scanner, frame, batch);
        }

        return _item.Has(OkxFields.InstrumentType) && _item.Has(OkxFields.TickSize)
            ? ReadInstruments(ref scanner, frame, batch)
            : Unknown("answer"u8);
    }

    // A book without a sequence (books-full has none) is taken in too; it can be joined to nothing.
    private DecodeOutcome ReadRestBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        AskForRestSymbol(frame);
        if (!SetRestSymbol(frame))
        {
            return Reject(ref scanner, RejectReason.UnknownSymbol, 0);
        }

        _isRouted = RouteRestBook(frame);
        if (!_isRouted)
        {
            return Reject(ref scanner, RejectReason.BadName, 0);
        }

        return ReadItemsAgain(ref scanner, frame, batch) ? DecodeOutcome.Records : DecodeOutcome.Rejected;
    }

    private bool RouteRestBook(in Frame frame)
    {
        _channel = OkxChannel.RestBooks;
        return SetRestSymbol(frame) && _channelName.Set(OkxChannels.RestBooks) && Find();
    }

    // The recording's own word (@SYMBOL), or that of whoever set the decoder up. Never what other frames were about. OKX writes all ids in upper case.
    private bool SetRestSymbol(in Frame frame)
    {
        bool set = _symbol.Set(frame.Symbol.IsEmpty ? _restSymbol : frame.Symbol);
        _symbol.ToUpper();
        return set && !_symbol.Text.IsEmpty;
    }

    private void AskForRestSymbol(in Frame frame)
    {
        if (_restSymbolAsked || !frame.Symbol.IsEmpty)
        {
            return;
        }

        _restSymbolAsked = true;
        string? answer = _options.DefaultSymbol ?? _options.SymbolResolver?.Invoke();
        _restSymbol = string.IsNullOrEmpty(answer) ? null : System.Text.Encoding.UTF8.GetBytes(answer);
    }
}
