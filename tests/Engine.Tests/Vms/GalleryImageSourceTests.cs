using System.Net;
using System.Text;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Tests.Recordings;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Vms;

/// <summary>Versions of gallery images, as Azure answers about them (recorded shapes: regions come back as their display names).</summary>
public sealed class GalleryImageSourceTests
{
    private const string Subscription = "10000000-0000-4000-8000-000000000001";
    private const string Definition = $"/subscriptions/{Subscription}/resourceGroups/g/providers/Microsoft.Compute/galleries/gal/images/web";

    private static readonly Dictionary<string, string> s_answers = new(StringComparer.OrdinalIgnoreCase)
    {
        [Definition] = $$"""
            {"name":"web","id":"{{Definition}}","location":"westeurope","properties":{"hyperVGeneration":"V2","architecture":"x64","osType":"Windows",
             "osState":"Generalized","features":[{"name":"SecurityType","value":"TrustedLaunchSupported"}],
             "purchasePlan":{"publisher":"p","product":"o","name":"n"},"provisioningState":"Succeeded"
             }
            }
            """,
        [$"{Definition}/versions"] =
            $$"""{"value":[{{Version("1.2.0", "West Europe")}},{{Version("1.10.0", "West Europe", "North Europe")}},{{Version("2.0.0", "North Europe")}},{{Version("3.0.0", true, "West Europe")}}]}""",
        [$"{Definition}/versions/1.2.0"] = Version("1.2.0", "West Europe"),
    };

    [Theory]
    [InlineData("westeurope", "1.10.0")]
    [InlineData("northeurope", "2.0.0")]
    public async Task ADefinitionMeansItsNewestVersionInTheRegion(string location, string version)
    {
        MachineSource source = await ResolveAsync(Definition, location);

        Assert.Equal($"{Definition}/versions/{version}", source.Reference);
        Assert.Equal(("Windows", "V2", "x64", "TrustedLaunchSupported", false), (source.OSType, source.HyperVGeneration, source.Architecture, source.SecurityType, source.IsSpecialized));
        Assert.Equal(new PurchasePlan("p", "o", "n"), source.Plan);
        Assert.Equal([0, 5], source.DataDiskLun);
    }

    [Fact]
    public async Task AVersionIsTakenAsItIs() =>
        Assert.Equal($"{Definition}/versions/1.2.0", (await ResolveAsync($"{Definition}/versions/1.2.0", "westeurope")).Reference);

    [Fact]
    public async Task AVersionThatIsNotInTheRegionIsRefused()
    {
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => ResolveAsync($"{Definition}/versions/1.2.0", "northeurope"));

        Assert.Equal(ErrorIds.RegionMismatch, error.ErrorId);
        Assert.Contains("only in westeurope", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADefinitionWithoutAVersionInTheRegionIsRefused()
    {
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => ResolveAsync(Definition, "japaneast"));

        Assert.Equal(ErrorIds.ImageNotFound, error.ErrorId);
        Assert.Equal(Definition, error.Target);
    }

    [Fact]
    public async Task AMissingDefinitionIsNotFound()
    {
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => ResolveAsync(Definition + "2", "westeurope"));

        Assert.Equal(ErrorIds.ImageNotFound, error.ErrorId);
    }

    private static async Task<MachineSource> ResolveAsync(string id, string location)
    {
        using var session = new ReplaySession(new AnswerByPath(), Subscription);
        MachineSource? source = null;
        await Operation.RunAsync(session.Session, session.Sink, new RunOptions(), id,
            async operation => source = await GalleryImageSource.ResolveAsync(operation, ResourceId.TryParse(id)!, location), TestContext.Current.CancellationToken);
        return source!;
    }

    private static string Version(string name, params string[] regions) => Version(name, false, regions);

    private static string Version(string name, bool excluded, params string[] regions)
    {
        string targets = string.Join(",", regions.Select(region => $$"""{"name":"{{region}}","regionalReplicaCount":1}"""));
        return $$"""
            {"name":"{{name}}","id":"{{Definition}}/versions/{{name}}","location":"westeurope","properties":{"provisioningState":"Succeeded",
             "publishingProfile":{"excludeFromLatest":{{(excluded ? "true" : "false")}},"targetRegions":[{{targets}}]},
             "storageProfile":{"osDiskImage":{"sizeInGB":127},"dataDiskImages":[{"lun":0,"sizeInGB":16},{"lun":5,"sizeInGB":16}]
             }
             }
            }
            """;
    }

    private sealed class AnswerByPath : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            bool found = s_answers.TryGetValue(request.RequestUri!.AbsolutePath, out string? body);
            return Task.FromResult(new HttpResponseMessage(found ? HttpStatusCode.OK : HttpStatusCode.NotFound)
            {
                Content = new StringContent(body ?? """{"error":{"code":"ResourceNotFound","message":"The Resource 'Microsoft.Compute/galleries/gal/images/web2' under resource group 'g' was not found."}}""", Encoding.UTF8, "application/json"),
            });
        }
    }
}
