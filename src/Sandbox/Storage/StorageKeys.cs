using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Storage;

/// <summary>The two keys of an account. They follow from seed, account and how often they were made anew.</summary>
internal static class StorageKeys
{
    private const int KeyBytes = 64;

    private static readonly string[] s_names = ["key1", "key2"];

    /// <summary>The key of that name.</summary>
    public static byte[] Value(SandboxWorld world, ResourceEntry account, string name) => world.Ids.Derive(
        $"storagekey|{account.Id}|{account.Properties.Text("creationTime")}|{name}|{account.State.Number($"keys.{name}") ?? 0}",
        KeyBytes);

    /// <summary>All keys that are good now.</summary>
    public static IEnumerable<byte[]> All(SandboxWorld world, ResourceEntry account) =>
        s_names.Select(name => Value(world, account, name));

    public static ArmResponse List(RequestContext context) => ArmResponse.Ok(Show(context));

    public static ArmResponse Regenerate(RequestContext context)
    {
        string? sent = context.Body.Text("keyName");
        string name = s_names.FirstOrDefault(known => known == sent) ?? throw StorageErrors.KeyName(sent);
        ResourceEntry account = context.Resource;
        account.State.Ensure("keys")[name] = (account.State.Number($"keys.{name}") ?? 0) + 1;
        account.Properties.Ensure("keyCreationTime")[name] = ArmTime.Format(context.Now);
        return ArmResponse.Ok(Show(context));
    }

    private static JsonObject Show(RequestContext context)
    {
        ResourceEntry account = context.Resource;
        return new JsonObject
        {
            ["keys"] = new JsonArray([.. s_names.Select(name => (JsonNode)new JsonObject
            {
                ["creationTime"] = account.Properties.Text($"keyCreationTime.{name}"),
                ["keyName"] = name,
                ["value"] = Convert.ToBase64String(Value(context.World, account, name)),
                ["permissions"] = "FULL",
            })]),
        };
    }
}
