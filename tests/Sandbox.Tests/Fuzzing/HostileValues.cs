using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Fuzzing;

/// <summary>What no honest client sends: values, names and bodies.</summary>
internal static class HostileValues
{
    private static readonly string[] s_texts =
    [
        "", " ", "..", "../..", "%2e%2e%2f", "a/b", "a\\b", "'", "\"", "<script>", "null", "true", "-1", "0", "NaN", "1e999", "\u0000", "\u202e", "é",
        "😀", "con", "x.", "{}", "[parameters('x')]", "[concat(", "http://127.0.0.1:1/", "/subscriptions/", "//", "?a=b", "#", "2023-13-45",
        "9999999999999999999999", new('a', 300), new('/', 40), "%2F", "%252e%252e%252f", "..;", ".", "...", "%00", "%", "%zz", "%c0%ae", "\r\nx: y", "*", "$value",
        "ｓｕｂ", "İ", "ß", "\ud7ff", "e\u0301", "-9223372036854775809", "1e-400", "0x10", "P1D", "2026-02-30T25:61:00Z", "a eq 'b' and", "((((", "'' or 1 eq 1",
        "eyJuZXh0IjoxfQ==", "L3N1YnNjcmlwdGlvbnMvfn5-fn4", "bytes=-1", "bytes=0-18446744073709551615", "bytes=5-1",
    ];

    public static string Text(Random random) => random.Next(12) == 0 ? new string('x', random.Next(100_000)) : s_texts[random.Next(s_texts.Length)];

    /// <summary>The value of a header: no client's library lets a line end or a null through.</summary>
    public static string Header(Random random)
    {
        string text = Text(random);
        return string.Concat((text.Length > 2000 ? text[..2000] : text).Where(static letter => !char.IsControl(letter)));
    }

    /// <summary>Any JSON value.</summary>
    public static JsonNode? Value(Random random) => random.Next(14) switch
    {
        0 => null,
        1 => new JsonArray(),
        2 => new JsonObject(),
        3 => random.Next(2) == 0,
        4 => random.Next(int.MinValue, int.MaxValue),
        5 => 1e300,
        6 => new JsonArray(null, new JsonObject(), "x", new JsonArray()),
        7 => new JsonObject { ["id"] = Text(random), ["name"] = 7, [""] = new JsonObject() },
        8 => long.MinValue,
        9 => Deep(random.Next(55)),
        10 => JsonNode.Parse("123456789012345678901234567890.5e10"),
        11 => new JsonArray([.. Enumerable.Range(0, 300).Select(static i => (JsonNode?)i)]),
        _ => Text(random),
    };

    /// <summary>A body that is no document of ARM, as bytes.</summary>
    public static byte[] Body(Random random)
    {
        switch (random.Next(14))
        {
            case 0:
                byte[] noise = new byte[random.Next(400)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return Bytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000)));
            case 2:
                return Bytes(new string('[', 3000) + new string(']', 3000));
            case 3:
                return Bytes("{\"location\":\"westeurope\",\"location\":5,\"properties\":" + new string(' ', 20_000) + "}");
            case 4:
                return Bytes("\"" + new string('y', 1_000_000) + "\"");
            case 5:
                return [0xEF, 0xBB, 0xBF, .. Bytes("{\"location\":\"westeurope\"}")];
            case 6:
                return System.Text.Encoding.Unicode.GetBytes("{\"location\":\"westeurope\"}");
            case 7:
                return Bytes("{\"location\":\"westeurope\",\"properties\":{\"diskSizeGB\":NaN,\"x\":Infinity}}");
            case 8:
                return Bytes("{\"location\":\"westeurope\",\"properties\":{\"diskSizeGB\":1" + new string('0', 5000) + "}}");
            case 9:
                return Bytes("{'location':'westeurope',}// not JSON");
            case 10:
                return Bytes("{\"location\":\"westeurope\",\"Location\":\"westeurope\",\"tags\":{\"a\":\"1\",\"A\":\"2\"}}");
            case 11:
                return [.. Bytes("{\"location\":\"west"), 0xFF, 0xFE, 0xED, 0xA0, 0x80, .. Bytes("europe\"}")];
            case 12:
                return Bytes("{\"location\":\"westeurope\"}{\"location\":\"westeurope\"}");
            default:
                return Bytes(Value(random)?.ToJsonString() ?? "null");
        }
    }

    private static JsonObject Deep(int levels)
    {
        var top = new JsonObject();
        JsonObject place = top;
        for (int i = 0; i < levels; i++) place["properties"] = place = [];
        return top;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
