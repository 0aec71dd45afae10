namespace Lob.Fast.Codecs.Json;

public ref partial struct JsonScanner
{
    /// <summary>Validates the value that comes next, however deep, and passes over it.</summary>
    public bool SkipValue()
    {
        // Lowest bit: the innermost container opened here is an object.
        ulong objects = 0;
        int outer = _depth;
        JsonValue scalar = default;
        while (true)
        {
            JsonToken token = Peek();
            if (token is JsonToken.Object or JsonToken.Array)
            {
                if (!Enter(At(_at)))
                {
                    return false;
                }

                objects = (objects << 1) | (token == JsonToken.Object ? 1UL : 0);
            }
            else if (!ReadValue(ref scalar))
            {
                return false;
            }

            // Behind a value, or at the start of a container: close what ends here, then on to the next value.
            while (true)
            {
                if (_depth == outer)
                {
                    return true;
                }

                if ((objects & 1) != 0 ? NextMember() : NextElement())
                {
                    break;
                }

                if (Failed)
                {
                    return false;
                }

                objects >>= 1;
            }
        }
    }
}
