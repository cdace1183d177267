using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Fuzzing;

/// <summary>What no honest client sends: values, names and bodies.</summary>
internal static class HostileValues
{
    private static readonly string[] s_texts =
    [
        "", " ", "..", "../..", "%2e%2e%2f", "a/b", "a\\b", "'", "\"", "<script>", "null", "true", "-1", "0", "NaN", "1e999", "\u0000", "\u202e", "é",
        "😀", "con", "x.", "{}", "[parameters('x')]", "[concat(", "http://127.0.0.1:1/", "/subscriptions/", "//", "?a=b", "#", "2023-13-45",
        "9999999999999999999999", new('a', 300), new('/', 40),
    ];

    public static string Text(Random random) => random.Next(12) == 0 ? new string('x', random.Next(100_000)) : s_texts[random.Next(s_texts.Length)];

    /// <summary>Any JSON value.</summary>
    public static JsonNode? Value(Random random) => random.Next(11) switch
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
        _ => Text(random),
    };

    /// <summary>A body that is no document of ARM, as bytes.</summary>
    public static byte[] Body(Random random)
    {
        switch (random.Next(6))
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
            default:
                return Bytes(Value(random)?.ToJsonString() ?? "null");
        }
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
