using System.Buffers.Binary;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>Fills in what Microsoft's examples leave to the reader.</summary>
/// <param name="subscriptionId">The subscription of the sandbox, for all of theirs.</param>
internal sealed partial class Placeholders(string subscriptionId)
{
    private static readonly Dictionary<string, string> s_meant = new(StringComparer.Ordinal)
    {
        ["{your-password}"] = "Passw0rd-1234",
        ["{ssh-rsa public key}"] = MakeKey(),
        ["{publisher}"] = "MicrosoftWindowsServer",
        ["{offer}"] = "WindowsServer",
        ["{sku}"] = "2022-datacenter",
        ["{versionName}"] = "1.0.0",
        // A plan of the marketplace.
        ["pubid"] = "bitnami",
        ["offid"] = "wordpress",
        ["planid"] = "6-4",
        ["{image_publisher}"] = "Canonical",
        ["{image_offer}"] = "UbuntuServer",
        ["{image_sku}"] = "18.04-LTS",
    };

    /// <summary>Fills in one text.</summary>
    public string Fill(string text)
    {
        if (s_meant.TryGetValue(text, out string? meant)) return meant;
        // A reader who sees {existing-nic-name} puts a name there; the words themselves are as good as any.
        string filled = Braces().Replace(
            text,
            static match => s_meant.TryGetValue(match.Value, out string? known) ? known : match.Groups["words"].Value.Replace(' ', '-'));
        // The examples of galleries misspell the type of encryption sets.
        filled = filled.Replace("/diskEncryptionSet/", "/diskEncryptionSets/", StringComparison.Ordinal);
        // Some ids lost their slash when Microsoft took the subscription out of them; Azure takes none without (LinkedInvalidPropertyId).
        return Subscription().Replace(filled, match => $"/{match.Groups["word"].Value}/{subscriptionId}");
    }

    /// <summary>Fills in a parameter.</summary>
    /// <remarks>Generated examples have letters for ids of a scale set's instances; Azure gives numbers, from 0.</remarks>
    public string Fill(string name, string text) => name == "instanceId" && text.All(char.IsLetter) ? "0" : Fill(text);

    /// <summary>Fills in all texts of a body.</summary>
    public JsonNode? Fill(JsonNode? node) => node switch
    {
        JsonObject body => new JsonObject(body.Select(member => KeyValuePair.Create(
            Braces().Replace(member.Key, "${words}"),
            member.Key == "instanceIds" ? Instances(member.Value) : Fill(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Fill)]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(Fill(text)),
        _ => node?.DeepClone(),
    };

    private JsonArray Instances(JsonNode? node) =>
        new JsonArray([.. ((JsonArray)node!).Select(id => (JsonNode)Fill("instanceId", (string)id!)).DistinctBy(static id => (string)id!)]);

    // Name of the format, exponent and modulus of 2048 bits, each with its length in front (RFC 4253, 6.6).
    private static string MakeKey()
    {
        byte[] modulus = new byte[257];
        for (int i = 1; i < modulus.Length; i++) modulus[i] = (byte)(0x80 | i);
        IEnumerable<byte> key = new[] { "ssh-rsa"u8.ToArray(), [1, 0, 1], modulus }.SelectMany(static part =>
        {
            byte[] length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            return length.Concat(part);
        });
        return $"ssh-rsa {Convert.ToBase64String([.. key])}";
    }

    [GeneratedRegex(@"\{(?<words>[A-Za-z][A-Za-z0-9 _-]*)\}")]
    private static partial Regex Braces();

    [GeneratedRegex("^/?(?<word>subscriptions)/[^/]+", RegexOptions.IgnoreCase)]
    private static partial Regex Subscription();
}
