using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Sandbox.Tests.Fuzzing;

/// <summary>Makes requests that are wrong in one or several ways; the same number always makes the same request.</summary>
internal sealed partial class HostileRequests(FuzzWorld world, int seed)
{
    private static readonly string[] s_methods = ["GET", "PUT", "PATCH", "POST", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO"];

    private static readonly Dictionary<string, string[]> s_places = new(StringComparer.OrdinalIgnoreCase)
    {
        ["location"] = ["westeurope", "West Europe", "mars"], ["publisherName"] = ["Canonical", "x"], ["offer"] = ["ubuntu-24_04-lts", "x"],
        ["skus"] = ["server", "x"], ["version"] = ["latest", "24.04.202502140"], ["resourceProviderNamespace"] = ["Microsoft.Compute", "Microsoft.Nothing"],
        ["operationId"] = ["00000000-0000-0000-0000-000000000000"], ["galleryUniqueName"] = ["x"], ["publicGalleryName"] = ["x"],
    };

    private static readonly string[] s_headers =
    [
        "If-Match", "If-None-Match", "Authorization", "x-ms-client-request-id", "x-ms-return-client-request-id", "x-ms-correlation-request-id",
        "Accept", "Accept-Language", "Content-Type", "Content-Encoding", "Content-Length", "X-HTTP-Method-Override", "Range", "x-ms-version", "Host",
    ];

    private static readonly string[] s_options =
    [
        "$filter", "$expand", "$top", "$skiptoken", "$orderby", "$select", "monitor", "forceDeletion", "api-version", "API-VERSION", "t", "c", "s", "h", "statusOnly",
    ];

    private readonly OperationDefinition[] _operations = [.. world.Client.Sandbox.World.Registry.Operations];

    public SandboxRequest Make(int number)
    {
        var random = new Random(unchecked((seed * 7919) + number));
        if (random.Next(12) == 0) return HostileBlobRequests.Make(random);
        OperationDefinition operation = _operations[random.Next(_operations.Length)];
        string method = random.Next(10) == 0 ? s_methods[random.Next(s_methods.Length)] : operation.Method;
        var headers = new Dictionary<string, string> { [Exchange.HostileHeader] = "yes" };
        if (random.Next(40) > 0) headers["Authorization"] = "Bearer sandbox-token";
        if (random.Next(8) == 0) headers[s_headers[random.Next(s_headers.Length)]] = HostileValues.Header(random);
        byte[] body = method is "PUT" or "PATCH" or "POST" || random.Next(30) == 0 ? Body(operation, random) : [];
        return new SandboxRequest(method, Address(operation, random), headers, body);
    }

    private Uri Address(OperationDefinition operation, Random random)
    {
        string path = Parameter().Replace(operation.Template.Text, match => Segment(match.Groups[1].Value, operation, random));
        if (random.Next(30) == 0) path += "/" + Uri.EscapeDataString(Cut(HostileValues.Text(random)));
        string version = random.Next(6) == 0
            ? Uri.EscapeDataString(Cut(HostileValues.Text(random)))
            : operation.Type.ApiVersions[random.Next(operation.Type.ApiVersions.Count)];
        string query = random.Next(30) == 0 ? string.Empty : $"?api-version={version}";
        if (random.Next(5) == 0)
        {
            for (int i = random.Next(3); i >= 0; i--)
                query += $"{(query.Length == 0 ? '?' : '&')}{s_options[random.Next(s_options.Length)]}={Uri.EscapeDataString(Cut(HostileValues.Text(random)))}";
        }

        if (random.Next(20) == 0) path = Bend(path, random);
        return new Uri(SandboxClient.Root + path + query);
    }

    // The same place by another spelling, or another place by almost the same one.
    private static string Bend(string path, Random random) => random.Next(9) switch
    {
        0 => path.Replace("/", "//", StringComparison.Ordinal),
        1 => path.Replace("/providers/", "/providers%2F", StringComparison.Ordinal),
        2 => path + "/",
        3 => path + "/..",
        4 => path + "/%2e%2e/%2e%2e/x",
        5 => path.ToUpperInvariant(),
        6 => path.Replace("providers", "providers/Microsoft.Compute/providers", StringComparison.Ordinal),
        7 => path + string.Concat(Enumerable.Repeat("/locks/x", 200)),
        _ => path.Replace("/", "/./", StringComparison.Ordinal),
    };

    private string Segment(string name, OperationDefinition operation, Random random)
    {
        if (name.StartsWith('*')) return world.Good[random.Next(world.Good.Count)].Id.TrimStart('/');
        if (random.Next(12) == 0) return Uri.EscapeDataString(Cut(HostileValues.Text(random)));
        if (name == "subscriptionId") return world.Client.Sandbox.SubscriptionId;
        if (name == "resourceGroupName") return "rg";
        if (s_places.TryGetValue(name, out string[]? places)) return Uri.EscapeDataString(places[random.Next(places.Length)]);
        ResourceEntry[] fitting = [.. world.Good.Where(entry => entry.Type == operation.Type.FullName || operation.Type.FullName.StartsWith(entry.Type + "/", StringComparison.Ordinal))];
        if (fitting.Length == 0 || random.Next(5) == 0) return "new" + random.Next(3);
        ResourceEntry one = fitting[random.Next(fitting.Length)];
        return one.Id[(one.Id.LastIndexOf('/') + 1)..];
    }

    private byte[] Body(OperationDefinition operation, Random random)
    {
        if (random.Next(6) == 0) return HostileValues.Body(random);
        ResourceEntry[] fitting = [.. world.Good.Where(entry => entry.Type == operation.Type.FullName)];
        JsonObject good = (fitting.Length > 0 && random.Next(8) > 0 ? fitting[random.Next(fitting.Length)] : world.Good[random.Next(world.Good.Count)]).Body;
        return System.Text.Encoding.UTF8.GetBytes(BodyMutator.Spoil(good, random).ToJsonString());
    }

    // An address has its limits also where a client has none.
    private static string Cut(string text) => text.Length > 500 ? text[..500] : text;

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Parameter();
}
