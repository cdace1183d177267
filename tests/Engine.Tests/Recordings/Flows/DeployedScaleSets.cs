using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Tells a recording in which scale sets were made by templates as one in which each was made by itself, which Azure Resource Manager did then.</summary>
/// <remarks>
/// <para>The PUT of a set is that of its deployment: the template's resource was sent, the deployment's status is the operation's. The GET of a set is the
/// deployment's output: a template's <c>reference()</c> is the properties of a GET, the id stands among the output resources, the region among the
/// providers.</para>
/// <para>Nothing is made up: the size, the capacity and the tags of a set are no part of that output, so they are not in the answer either.</para>
/// </remarks>
internal static class DeployedScaleSets
{
    private const string Status = "/operationStatuses/";

    /// <summary>The recording told so; each exchange keeps its place.</summary>
    public static Recording Unfold(Recording recording)
    {
        RecordedExchange[] told = [.. recording.Exchanges];
        ResourceId? last = null;
        for (int i = 0; i < told.Length; i++)
        {
            if (IsDeployment(told[i], "PUT"))
            {
                last = Template(told[i]) is { } resource ? IdOf(told[i], resource.Text("name")!) : null;
                told[i] = last is null ? told[i] : Creation(told[i], last, recording);
            }
            else if (last is not null && IsDeployment(told[i], "GET") && JsonNode.Parse(told[i].Body) is { } body && body.At("properties.outputs.vmss.value") is { } shown)
            {
                told[i] = told[i] with { Uri = At(told[i].Uri, last.Text), Body = Shown(body, shown).ToJsonString() };
            }
        }

        return recording with { Exchanges = told };
    }

    /// <summary>What Azure showed of each set, with the place of its answer.</summary>
    public static IEnumerable<RecordedExchange> In(Recording unfolded) =>
        unfolded.Exchanges.Where(exchange => exchange is { Method: "GET", Status: 200 } && ResourceId.TryParse(exchange.Uri.AbsolutePath)?.Is(ResourceTypes.ScaleSet) == true);

    private static bool IsDeployment(RecordedExchange exchange, string method) =>
        exchange.Method == method && exchange.Uri.AbsolutePath.Contains("/deployments/", StringComparison.Ordinal) && !exchange.Uri.AbsolutePath.Contains(Status, StringComparison.Ordinal);

    private static JsonNode? Template(RecordedExchange deployment) => JsonNode.Parse(deployment.RequestBody).All("properties.template.resources")
        .FirstOrDefault(resource => string.Equals(resource.Text("type"), ResourceTypes.ScaleSet, StringComparison.OrdinalIgnoreCase));

    private static ResourceId IdOf(RecordedExchange deployment, string name)
    {
        string[] parts = deployment.Uri.AbsolutePath.Split('/');
        return ResourceId.Of(parts[2], parts[4], ResourceTypes.ScaleSet, name);
    }

    // The recorder has renamed deployments in addresses, but not in this header.
    private static RecordedExchange Creation(RecordedExchange deployment, ResourceId set, Recording recording)
    {
        string operation = deployment.Header("Azure-AsyncOperation")!;
        string number = new Uri(operation).Segments[^1];
        Uri poll = recording.Exchanges.First(exchange => exchange.Uri.AbsolutePath.EndsWith(Status + number, StringComparison.Ordinal)).Uri;
        return deployment with
        {
            Uri = At(deployment.Uri, set.Text),
            RequestBody = Template(deployment)!.ToJsonString(),
            Headers = [.. deployment.Headers.Select(header => header.Value == operation ? header with { Value = poll.AbsoluteUri } : header)],
        };
    }

    private static JsonObject Shown(JsonNode deployment, JsonNode properties)
    {
        string id = deployment.All("properties.outputResources").Select(resource => resource.Text("id")!).First(id => id.Contains("/virtualMachineScaleSets/", StringComparison.Ordinal));
        JsonNode type = deployment.All("properties.providers").SelectMany(provider => provider.All("resourceTypes")).First(type => type.Text("resourceType") == "virtualMachineScaleSets");
        return new JsonObject
        {
            ["name"] = ResourceId.TryParse(id)!.Name,
            ["id"] = id,
            ["type"] = ResourceTypes.ScaleSet,
            ["location"] = type.All("locations").Single().GetValue<string>(),
            ["properties"] = properties.DeepClone(),
        };
    }

    private static Uri At(Uri address, string path) => new UriBuilder(address) { Path = path }.Uri;
}
