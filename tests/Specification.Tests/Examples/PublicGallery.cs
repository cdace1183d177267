using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Tests;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>
/// A gallery that is shared with everybody, or with the subscription, for examples that name one: its name is given by Azure, so
/// that an example has to be told it.
/// </summary>
internal sealed partial class PublicGallery(SandboxClient client, Scene scene)
{
    private const string Version = "2022-03-03";
    private const string Region = "westus";

    private const string Community = """
        {"permissions":"Community","communityGalleryInfo":{"publisherUri":"https://example.org","publisherContact":"a@example.org","eula":"none","publicNamePrefix":"scene"}}
        """;

    private string Gallery => $"{client.Subscription}/resourceGroups/sharing/providers/Microsoft.Compute/galleries/sharing";

    /// <summary>Makes what a request names, and names it as Azure does.</summary>
    /// <returns>The request; the same when it names no such gallery.</returns>
    public ExampleRequest Set(ExampleRequest request)
    {
        if (Named().Match(request.Address + request.Body?.ToJsonString()) is not { Success: true } named) return request;
        string location = (string?)(request.Body as JsonObject)?["location"] ?? Region;
        bool community = named.Groups["kind"].Value.StartsWith("community", StringComparison.OrdinalIgnoreCase);
        string name = Share(location, community);
        string image = named.Groups["image"] is { Success: true } given ? given.Value : "scene";
        scene.Ensure($"{Gallery}/images/{image}/versions/1.0.0", location);
        return request.With(text => Place().Replace(Named().Replace(text, match => Name(match, name)), $"/locations/{Region}$1"));
    }

    private string Share(string location, bool community)
    {
        client.Put($"{client.Subscription}/resourceGroups/sharing", SandboxClient.ResourcesVersion, $$"""{"location":"{{Region}}"}""").ShouldBe(201);
        string profile = community ? Community : """{"permissions":"Groups"}""";
        scene.Finish(client.Put(Gallery, Version, $$$"""{"location":"{{{location}}}","properties":{"sharingProfile":{{{profile}}} } }""").ShouldBe(201));
        string update = community
            ? """{"operationType":"EnableCommunity"}"""
            : $$$"""{"operationType":"Add","groups":[{"type":"Subscriptions","ids":["{{{client.Sandbox.SubscriptionId}}}"]}]}""";
        scene.Finish(client.Post($"{Gallery}/share", Version, update).ShouldBe(202));
        JsonNode shown = client.Get(Gallery, Version).ShouldBe(200).Json["properties"]!;
        return (string)(community ? shown["sharingProfile"]!["communityGalleryInfo"]!["publicNames"]![0]! : shown["identifier"]!["uniqueName"]!)!;
    }

    private static string Name(Match match, string gallery)
    {
        string image = match.Groups["image"].Success ? $"/images/{match.Groups["image"].Value}" : string.Empty;
        string version = match.Groups["version"].Success ? "/versions/1.0.0" : string.Empty;
        return $"/{match.Groups["kind"].Value}/{gallery}{image}{version}";
    }

    [GeneratedRegex("""/(?<kind>communityGalleries|sharedGalleries)/(?<gallery>[^/"?]+)(?=/images|["?]|$)(/images/(?<image>[^/"?]+)(/versions/(?<version>[^/"?]+))?)?""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex("/locations/[^/]+(/(?:communityGalleries|sharedGalleries)/)", RegexOptions.IgnoreCase)]
    private static partial Regex Place();
}
