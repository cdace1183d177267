using System.Text.Json.Nodes;
using ImageCmdlets.Engine.ScaleSets;
using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Engine.Tests.ScaleSets;

/// <summary>What users see of the scale sets that az made in test_vm_custom_image; az asked for them by the outputs of its deployments.</summary>
[Trait("Category", "Recordings")]
public sealed class RecordedScaleSetTests
{
    [Fact]
    public void ScaleSetsOfCustomImagesAreReadAsTheyWere()
    {
        ImageScaleSet[] sets = [.. Outputs(RecordingLibrary.Require("test_vm_custom_image")).Select(body => ScaleSetMapper.Map(RecordedBody.Element(body)))];

        Assert.Equal([("vmss1", "img-from-unmanaged"), ("vmss2", "img-from-managed")], sets.Select(set => (set.Name, set.ImageName!)));
        Assert.All(sets, set => Assert.Equal(("Flexible", "Manual", "Linux", "Succeeded"), (set.OrchestrationMode, set.UpgradeMode, set.OSType, set.ProvisioningState)));
        Assert.All(sets, set => Assert.Equal(ResourceTypes.Image, ResourceId.TryParse(set.Image)!.ResourceType));
        Assert.All(sets, set => Assert.True(set.Instance is null && set.TimeCreated?.Year == 2024));
    }

    // An output has the properties alone; the id stands beside it.
    private static IEnumerable<JsonObject> Outputs(Recording recording)
    {
        foreach (RecordedExchange exchange in recording.Exchanges.Where(exchange => exchange is { Method: "GET", Status: 200 }))
        {
            JsonNode? body = exchange.Body.StartsWith('{') ? JsonNode.Parse(exchange.Body) : null;
            if (body.At("properties.outputs.vmss.value") is not { } properties)
                continue;

            string id = body.All("properties.outputResources").Select(resource => resource.Text("id")!).First(id => id.Contains("/virtualMachineScaleSets/", StringComparison.Ordinal));
            yield return new JsonObject { ["id"] = id, ["properties"] = properties.DeepClone() };
        }
    }
}
