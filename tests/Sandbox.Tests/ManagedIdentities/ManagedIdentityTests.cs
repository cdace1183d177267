using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.ManagedIdentities;

public sealed class ManagedIdentityTests : IDisposable
{
    private const string Version = "2023-01-31";

    private readonly VmFixture _vms = new();

    public void Dispose() => _vms.Dispose();

    [Fact]
    public void AnIdentityIsMadeGivenToAMachineAndDeleted()
    {
        string id = $"{_vms.Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1";
        JsonNode made = _vms.Client.Put(id, Version, """{"location":"westeurope"}""").ShouldBe(201).Json;
        Assert.True(Guid.TryParse((string?)made["properties"]!["principalId"], out _));
        Assert.Equal(_vms.Client.Sandbox.TenantId, (string?)made["properties"]!["tenantId"]);
        JsonNode again = _vms.Client.Put(id, Version, """{"location":"westeurope","tags":{"a":"b"}}""").ShouldBe(200).Json;
        Assert.Equal((string?)made["properties"]!["clientId"], (string?)again["properties"]!["clientId"]);

        _vms.Create(VmFixture.Linux, change: body => body["identity"] = new JsonObject
        {
            ["type"] = "UserAssigned", ["userAssignedIdentities"] = new JsonObject { [id] = new JsonObject() },
        });
        Assert.Equal((string?)made["properties"]!["principalId"], (string?)_vms.Get()["identity"]!["userAssignedIdentities"]![id]!["principalId"]);
        Assert.Single(_vms.Client.Get(id[..id.LastIndexOf('/')], Version).ShouldBe(200).Json["value"]!.AsArray());
        _vms.Client.Delete(id, Version).ShouldBe(200);
        _vms.Client.Delete(id, Version).ShouldBe(204);
    }
}
