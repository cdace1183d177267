using System.Text.Json.Nodes;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>What a scene must be like, beyond the recipes, before an example makes sense.</summary>
/// <param name="Example">How the name of the example begins.</param>
/// <param name="Actions">Actions on each machine of the scene, in order.</param>
internal sealed record Preparation(string Example, params string[] Actions)
{
    private const string Machines = "Microsoft.Compute/virtualMachines";
    private const string Sets = "Microsoft.Compute/virtualMachineScaleSets";
    private const string Galleries = "Microsoft.Compute/galleries";

    private const string Rolling = """
        {
          "properties": {
            "upgradePolicy": { "mode": "Rolling" },
            "virtualMachineProfile": {
              "extensionProfile": {
                "extensions": [
                  {
                    "name": "health",
                    "properties": {
                      "publisher": "Microsoft.ManagedServices",
                      "type": "ApplicationHealthWindows",
                      "typeHandlerVersion": "1.0",
                      "settings": { "protocol": "http", "port": 80, "requestPath": "/" }
                    }
                  }
                ]
              }
            }
          }
        }
        """;

    private const string NewModel = """{ "properties": { "virtualMachineProfile": { "licenseType": "Windows_Server" } } }""";

    private const string Blobs = """
        {
          "properties": {
            "storageProfile": {
              "osDisk": { "name": "os", "managedDisk": null, "vhd": { "uri": "https://scene.blob.core.windows.net/vhds/os.vhd" } }
            }
          }
        }
        """;

    private static readonly Dictionary<string, string> s_specialized = new()
    {
        ["Microsoft.Compute/galleries/images"] = """{ "properties": { "osState": "Specialized" } }""",
        ["Microsoft.Compute/galleries/images/versions"] = """
            { "properties": { "storageProfile": { "source": null, "osDiskImage": { "source": { "id": "{group}/providers/Microsoft.Compute/snapshots/scene" } } } } }
            """,
    };

    private static readonly Preparation[] s_all =
    [
        new("VirtualMachines_Generalize/", "powerOff"),
        new("VirtualMachines_Capture/", "deallocate", "generalize") { Changes = { [Machines] = Blobs } },
        new("VirtualMachines_ConvertToManagedDisks/", "deallocate") { Changes = { [Machines] = Blobs } },
        new("Images_CreateOrUpdate/Image_CreateFromAVM", "deallocate", "generalize"),
        new("GalleryImageVersions_CreateOrUpdate/GalleryImageVersion_Create_WithVmAsSource", "deallocate", "generalize"),
        new("Images_Update/Image_Update", "deallocate", "generalize")
        {
            Changes =
            {
                ["Microsoft.Compute/images"] = """
                    {
                      "properties": {
                        "storageProfile": null,
                        "sourceVirtualMachine": { "id": "{group}/providers/Microsoft.Compute/virtualMachines/myVM" }
                      }
                    }
                    """,
            },
        },
        new("RoleAssignments_Get/") { Made = ("2022-04-01", Reader) },
        new("VirtualMachines_SimulateEviction/")
        {
            Changes = { [Machines] = """{ "properties": { "priority": "Spot", "evictionPolicy": "Deallocate" } }""" },
        },
        new("VirtualMachineScaleSetVMs_SimulateEviction/")
        {
            Changes = { [Sets] = """{ "properties": { "virtualMachineProfile": { "priority": "Spot", "evictionPolicy": "Deallocate" } } }""" },
        },
        new("VirtualMachineScaleSetRollingUpgrades_Start") { Changes = { [Sets] = Rolling } },
        new("VirtualMachineScaleSetRollingUpgrades_") { Changes = { [Sets] = Rolling }, Update = NewModel },
        new("VirtualMachines_CreateOrUpdate/VirtualMachine_Create_FromASpecializedSharedImage") { Changes = s_specialized },
        new("VirtualMachineScaleSets_CreateOrUpdate/VirtualMachineScaleSet_Create_FromASpecializedSharedImage") { Changes = s_specialized },
        new("VirtualMachines_CreateOrUpdate/VirtualMachine_Create_InAVmss")
        {
            Changes =
            {
                [Sets] = """
                    {
                      "sku": null,
                      "properties": {
                        "orchestrationMode": "Flexible", "platformFaultDomainCount": 2, "overprovision": null, "upgradePolicy": null,
                        "virtualMachineProfile": null
                      }
                    }
                    """,
            },
        },
        new("GallerySharingProfile_Update/Gallery_AddToSharingProfile")
        {
            Changes = { [Galleries] = """{ "properties": { "sharingProfile": { "permissions": "Groups" } } }""" },
        },
        new("GallerySharingProfile_Update/Gallery_EnableCommunityGallery")
        {
            Changes =
            {
                [Galleries] = """
                    {
                      "properties": {
                        "sharingProfile": {
                          "permissions": "Community",
                          "communityGalleryInfo": {
                            "publisherUri": "https://example.org", "publisherContact": "a@example.org", "eula": "none", "publicNamePrefix": "scene"
                          }
                        }
                      }
                    }
                    """,
            },
        },
    ];

    private static readonly Preparation s_none = new(string.Empty);

    /// <summary>What is different in the recipe of a type, as a merge patch (RFC 7396).</summary>
    public Dictionary<string, string> Changes { get; init; } = [];

    /// <summary>A PUT of what the example is about, where no recipe makes it: api-version, and the body for a subscription's path.</summary>
    public (string Version, Func<string, string> Body)? Made { get; init; }

    /// <summary>A PATCH of what the example is about, whose end is not waited for.</summary>
    public string? Update { get; init; }

    /// <summary>The preparation for an example; an empty one for most.</summary>
    public static Preparation For(string example) =>
        Array.Find(s_all, one => example.StartsWith(one.Example, StringComparison.Ordinal)) ?? s_none;

    /// <summary>A recipe as the example needs it.</summary>
    public JsonObject Apply(string type, string recipe)
    {
        var body = (JsonObject)JsonNode.Parse(recipe)!;
        if (Changes.TryGetValue(type, out string? change)) Merge(body, (JsonObject)JsonNode.Parse(change)!);
        return body;
    }

    private static void Merge(JsonObject into, JsonObject change)
    {
        foreach ((string name, JsonNode? value) in change)
        {
            if (value is null) into.Remove(name);
            else if (value is JsonObject branch && into[name] is JsonObject present) Merge(present, branch);
            else into[name] = value.DeepClone();
        }
    }

    // The built-in role Reader for somebody.
    private static string Reader(string subscription) => $$"""
        {
          "properties": {
            "roleDefinitionId": "{{subscription}}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
            "principalId": "ce2ce14e-85d7-4629-bdbc-454d0519d987",
            "principalType": "User"
          }
        }
        """;
}
