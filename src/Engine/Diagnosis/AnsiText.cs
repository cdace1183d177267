namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Windows' code page 1252, which is not on board everywhere.</summary>
internal static class AnsiText
{
    // 0x80 to 0x9F; the five that are not assigned stay what they are.
    private const string High = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    public static string Decode(byte[] bytes, int count)
    {
        var letters = new char[count];
        for (int i = 0; i < count; i++)
            letters[i] = bytes[i] is >= 0x80 and < 0xA0 ? High[bytes[i] - 0x80] : (char)bytes[i];
        return new string(letters);
    }
}
