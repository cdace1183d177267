using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace ImageCmdlets.SandboxServer.Logging;

/// <summary>Takes secrets out of what is logged: tokens, signatures, passwords, keys, and whatever guests are given to run.</summary>
internal static partial class Redaction
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mark = "***";

    private static readonly HashSet<string> s_headers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "x-ms-authorization-auxiliary", "Proxy-Authorization", "Cookie", "Set-Cookie", "secret", "X-IDENTITY-HEADER",
        "x-ms-encryption-key", "x-ms-copy-source-authorization", "x-ms-source-encryption-key",
    };

    private static readonly HashSet<string> s_properties = new(StringComparer.OrdinalIgnoreCase)
    {
        // Machines and what runs inside them.
        "adminPassword", "customData", "userData", "script", "scriptUri", "commandToExecute", "protectedSettings",
        "protectedParameters", "runAsPassword", "secureParameters", "content", "parameters",

        // Signatures and keys.
        "accessSAS", "securityDataAccessSAS", "sasUri", "outputBlobUri", "errorBlobUri", "privateKey", "primaryKey",
        "secondaryKey",

        // Sign-in.
        "access_token", "refresh_token", "id_token", "client_secret", "client_assertion", "password", "device_code", "assertion",
    };

    // What a script wrote comes as {"code": "ComponentStatus/StdOut/succeeded", "message": "..."} from Windows, and from Linux
    // as one message of both streams.
    private const string ScriptOutput = "ComponentStatus/";
    private const string LinuxOutput = "[stdout]";

    // Names given twice: which of the values counts, and so what is secret, is not known.
    private static readonly JsonDocumentOptions s_document = new() { AllowDuplicateProperties = false };

    /// <summary>A header's value, as the log may show it.</summary>
    public static string OfHeader(string name, string value) => s_headers.Contains(name) ? Mark : OfText(value);

    /// <summary>Text that may hold an address with a signature.</summary>
    public static string OfText(string text) => Signature().Replace(text, "$1" + Mark);

    /// <summary>A body: JSON with its secrets marked, or of anything else its length; null when it is empty. Any bytes will do.</summary>
    public static JsonNode? OfBody(ReadOnlySpan<byte> body, string? contentType)
    {
        if (body.IsEmpty) return null;
        bool form = contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        if (!form && Utf8.IsValid(body))
        {
            try
            {
                return OfJson(JsonNode.Parse(body, documentOptions: s_document));
            }
            catch (Exception cause) when (cause is JsonException or InvalidOperationException or ArgumentException)
            {
                // Neither JSON nor a form, or JSON with text that is none (half a surrogate pair shows only when it is read):
                // nobody knows where its secrets are.
            }
        }

        return new JsonObject { ["bytes"] = body.Length };
    }

    private static JsonNode? OfJson(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject branch:
                var clean = new JsonObject();
                foreach (KeyValuePair<string, JsonNode?> child in branch)
                    clean[child.Key] = child.Value is not null && IsSecret(branch, child.Key) ? Mark : OfJson(child.Value);
                return clean;
            case JsonArray items:
                return new JsonArray([.. items.Select(OfJson)]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return OfText(value.GetValue<string>());
            default:
                return node?.DeepClone();
        }
    }

    private static bool IsSecret(JsonObject branch, string name) => name switch
    {
        // {"keyName": "key1", "value": "..."} of listKeys.
        "value" => branch.ContainsKey("keyName"),
        "message" => branch["code"]?.ToString().StartsWith(ScriptOutput, StringComparison.Ordinal) == true ||
                     branch["message"]?.ToString().Contains(LinuxOutput, StringComparison.Ordinal) == true,
        // What a managed run command wrote; "error" alone is ARM's.
        "output" or "error" => branch.ContainsKey("executionState") || branch.ContainsKey("exitCode"),
        _ => s_properties.Contains(name),
    };

    [GeneratedRegex("([?&](?:sig|code|client_secret|s|c|h)=)[^&\\s\"]+", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();
}
