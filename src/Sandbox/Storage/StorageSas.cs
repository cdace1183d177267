using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Storage;

/// <summary>Signatures that the provider makes for a client that has no key.</summary>
internal static class StorageSas
{
    // The version in which the provider signs, whatever its own.
    private const string Version = "2015-04-05";

    private static readonly KeyValuePair<string, string>[] s_account =
    [
        new("ss", "signedServices"), new("srt", "signedResourceTypes"), new("sp", "signedPermission"),
        new("st", "signedStart"), new("se", "signedExpiry"), new("sip", "signedIp"), new("spr", "signedProtocol"),
    ];

    private static readonly KeyValuePair<string, string>[] s_service =
    [
        new("sr", "signedResource"), new("sp", "signedPermission"), new("st", "signedStart"), new("se", "signedExpiry"),
        new("sip", "signedIp"), new("spr", "signedProtocol"), new("si", "signedIdentifier"), new("rscc", "rscc"),
        new("rscd", "rscd"), new("rsce", "rsce"), new("rscl", "rscl"), new("rsct", "rsct"),
    ];

    public static ArmResponse ListAccount(RequestContext context)
    {
        Require(context, "signedServices", "signedResourceTypes", "signedPermission", "signedExpiry");
        Dictionary<string, string> values = Values(context, s_account);
        string text = SasSigner.AccountText(name => Value(values, name), context.Resource.Name);
        return ArmResponse.Ok(new JsonObject { ["accountSasToken"] = Token(context, values, text) });
    }

    public static ArmResponse ListService(RequestContext context)
    {
        Require(context, "canonicalizedResource");
        Dictionary<string, string> values = Values(context, s_service);
        string text = SasSigner.ServiceText(name => Value(values, name), context.Body.Text("canonicalizedResource")!);
        return ArmResponse.Ok(new JsonObject { ["serviceSasToken"] = Token(context, values, text) });
    }

    private static void Require(RequestContext context, params string[] properties)
    {
        foreach (string property in properties)
        {
            if (string.IsNullOrEmpty(context.Body.Text(property))) throw StorageErrors.Missing(property);
        }
    }

    private static Dictionary<string, string> Values(RequestContext context, KeyValuePair<string, string>[] names)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["sv"] = Version };
        foreach (KeyValuePair<string, string> name in names)
        {
            if (context.Body.Text(name.Value) is { Length: > 0 } value) values[name.Key] = value;
        }

        return values;
    }

    private static string Token(RequestContext context, Dictionary<string, string> values, string text)
    {
        string? sent = context.Body.Text("keyToSign");
        if (sent is not (null or "key1" or "key2")) throw StorageErrors.KeyName(sent);
        byte[] key = StorageKeys.Value(context.World, context.Resource, sent ?? "key1");
        IEnumerable<string> pairs = values
            .Append(new KeyValuePair<string, string>("sig", SasSigner.Sign(key, text)))
            .Select(static pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}");
        return string.Join("&", pairs);
    }

    private static string? Value(Dictionary<string, string> values, string name) =>
        values.TryGetValue(name, out string? value) ? value : null;
}
