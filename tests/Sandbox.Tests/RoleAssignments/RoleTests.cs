using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.RoleAssignments;

/// <summary>Rights: who may do what, in Azure's words, also with resources that a body names.</summary>
public sealed class RoleTests : IDisposable
{
    private const string Version = "2022-04-01";
    private const string DiskVersion = "2023-04-02";
    private const string Reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    private const string DiskBackupReader = "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24";
    private const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    private const string Somebody = "40000000-0000-4000-8000-000000000001";
    private const string Empty = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";

    private readonly SandboxClient _client = new();
    private readonly string _group;
    private int _number;

    public RoleTests() => _group = _client.Group();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void WithoutARoleNothingIsAllowed()
    {
        As(Somebody);
        Answer refused = _client.Get(Disk("d"), DiskVersion).ShouldBe(403);

        Assert.Equal("AuthorizationFailed", refused.Code);
        Assert.Equal($"The client 'jo@sandbox.example' with object id '{Somebody}' does not have authorization to perform action 'Microsoft.Compute/disks/read' over scope '{Disk("d")}' or the scope is invalid. If access was recently granted, please refresh your credentials.", refused.Message);
        Assert.Empty(_client.Get("/subscriptions", "2022-12-01").ShouldBe(200).Json["value"]!.AsArray());
    }

    [Fact]
    public void AReaderReadsAndAContributorWrites()
    {
        Assign(_group, Reader);
        As(Somebody);
        _client.Get(Disk("d"), DiskVersion).ShouldBe(404);
        _client.Refused("PUT", Disk("d"), DiskVersion, Empty, 403, "AuthorizationFailed");
        _client.Get($"{_client.Subscription}/providers/Microsoft.Compute/disks", DiskVersion).ShouldBe(403);
        Assert.Single(_client.Get("/subscriptions", "2022-12-01").Json["value"]!.AsArray());

        AsOwner();
        Assign(_client.Subscription, Contributor);
        As(Somebody);
        Assert.Equal("Succeeded", (string?)_client.Finish(_client.Put(Disk("d"), DiskVersion, Empty).ShouldBe(202))["status"]);
        _client.Get($"{_client.Subscription}/providers/Microsoft.Compute/disks", DiskVersion).ShouldBe(200);
        _client.Refused("PUT", $"{_group}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}", Version, Body(Reader), 403, "AuthorizationFailed");
    }

    [Fact]
    public void PermissionsAreListedForTheCaller()
    {
        Assign(_group, Contributor);
        As(Somebody);
        JsonArray here = _client.Get($"{_group}/providers/Microsoft.Authorization/permissions", Version).ShouldBe(200).Json["value"]!.AsArray();
        Assert.Equal("*", (string?)here.Single()!["actions"]![0]);
        Assert.Contains("Microsoft.Compute/galleries/share/action", here.Single()!["notActions"]!.AsArray().Select(static a => (string)a!));
        Assert.Empty(_client.Get($"{_client.Subscription}/providers/Microsoft.Authorization/permissions", Version).Json["value"]!.AsArray());
    }

    [Fact]
    public void ARoleInAResourceCountsForWhatIsInItAndWhatExtendsIt()
    {
        const string galleries = "2024-03-03";
        string gallery = $"{_group}/providers/Microsoft.Compute/galleries/gal";
        _client.Put(gallery, galleries, """{"location":"westeurope"}""").ShouldBe(201);
        _client.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assign(gallery, Reader);
        As(Somebody);

        Assert.Empty(_client.Get($"{gallery}/images", galleries).ShouldBe(200).Json["value"]!.AsArray());
        Assert.Single(_client.Get($"{gallery}/providers/Microsoft.Authorization/roleAssignments", Version).ShouldBe(200).Json["value"]!.AsArray());
        string assignment = $"{gallery}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}";
        Assert.Contains($"over scope '{assignment}'", _client.Put(assignment, Version, Body(Reader)).ShouldBe(403).Message);
        _client.Get($"{_group}/providers/Microsoft.Compute/galleries", galleries).ShouldBe(403);
    }

    [Fact]
    public void AnAssignmentIsMadeOnceAndComesBackWhenItIsDeleted()
    {
        string id = Assign(_group, Reader);
        JsonNode shown = _client.Get(id, Version).ShouldBe(200).Json;
        Assert.Equal(_group, (string?)shown["properties"]!["scope"]);
        Assert.EndsWith(Reader, (string?)shown["properties"]!["roleDefinitionId"]);
        _client.Put(id, Version, Body(Reader)).ShouldBe(200);
        _client.Refused("PUT", $"{_group}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}", Version, Body(Reader), 409, "RoleAssignmentExists");
        _client.Refused("PUT", id, Version, Body(Reader).Replace(Somebody, Guid.Empty.ToString()), 400, "RoleAssignmentUpdateNotPermitted");
        _client.Refused("PUT", $"{_group}/providers/Microsoft.Authorization/roleAssignments/first", Version, Body(Reader), 400, "InvalidRoleAssignmentId");
        Assert.Single(_client.Send("GET", $"{_group}/providers/Microsoft.Authorization/roleAssignments?api-version={Version}&$filter=principalId%20eq%20'{Somebody}'").Json["value"]!.AsArray());

        Assert.Equal(id, (string?)_client.Delete(id, Version).ShouldBe(200).Json["id"]);
        _client.Delete(id, Version).ShouldBe(204);
        Assert.Equal("RoleAssignmentNotFound", _client.Get(id, Version).ShouldBe(404).Code);
    }

    [Fact]
    public void DefinitionsAreFoundByName()
    {
        JsonNode reader = _client.Send("GET", $"{_group}/providers/Microsoft.Authorization/roleDefinitions?$filter=roleName%20eq%20%27Reader%27&api-version=2022-05-01-preview")
            .ShouldBe(200).Json["value"]!.AsArray().Single()!;
        Assert.Equal(Reader, (string?)reader["name"]);
        Assert.Equal("*/read", (string?)reader["properties"]!["permissions"]![0]!["actions"]![0]);
        Assert.Equal($"{_client.Subscription}/providers/Microsoft.Authorization/roleDefinitions/{Reader}", (string?)reader["id"]);
    }

    [Fact]
    public void WhatABodyNamesMustBeReadableToo()
    {
        string other = _client.Group("other"), source = $"{other}/providers/Microsoft.Compute/disks/source";
        _client.Finish(_client.Put(source, DiskVersion, Empty));
        Assign(_group, Contributor);
        As(Somebody);
        string snapshot = $"{_group}/providers/Microsoft.Compute/snapshots/s";
        string body = $$"""{"location":"westeurope","properties":{"creationData":{"createOption":"Copy","sourceResourceId":"{{source}}"} } }""";
        Answer refused = _client.Refused("PUT", snapshot, DiskVersion, body, 403, "LinkedAuthorizationFailed");
        Assert.Equal($"The client 'jo@sandbox.example' with object id '{Somebody}' has permission to perform action 'Microsoft.Compute/snapshots/write' on scope '{snapshot}'; however, it does not have permission to perform action 'Microsoft.Compute/disks/beginGetAccess/action' on the linked scope(s) '{source}' or the linked scope(s) are invalid.", refused.Message);

        AsOwner();
        Assign(source, DiskBackupReader);
        As(Somebody);
        _client.Put(snapshot, DiskVersion, body).ShouldBe(202);
    }

    [Fact]
    public void AnotherTenantNeedsATokenOfItsOwn()
    {
        string partner = $"/subscriptions/{_client.Sandbox.PartnerSubscriptionId}", source = $"{partner}/resourceGroups/far/providers/Microsoft.Compute/disks/source";
        Assert.Equal("InvalidAuthenticationTokenTenant", _client.Get(partner, "2022-12-01").ShouldBe(401).Code);
        string token = SandboxToken.Create(Later, _client.Sandbox.PartnerOwnerId, _client.Sandbox.PartnerTenantId, "owner@partner.example");
        _client.Token = token;
        _client.Put($"{partner}/resourceGroups/far", SandboxClient.ResourcesVersion, """{"location":"westeurope"}""").ShouldBe(201);
        _client.Finish(_client.Put(source, DiskVersion, Empty));

        AsOwner();
        string body = $$"""{"location":"westeurope","properties":{"creationData":{"createOption":"Copy","sourceResourceId":"{{source}}"} } }""";
        Answer refused = _client.Refused("PUT", Disk("copy"), DiskVersion, body, 403, "LinkedAuthorizationFailed");
        Assert.Equal($"The client has permission to perform action 'Microsoft.Compute/disks/beginGetAccess/action' on scope '{Disk("copy")}', however the current tenant '{_client.Sandbox.TenantId}' is not authorized to access linked subscription '{_client.Sandbox.PartnerSubscriptionId}'.", refused.Message);

        _client.Headers["x-ms-authorization-auxiliary"] = $"Bearer {token}";
        _client.Put(Disk("copy"), DiskVersion, body).ShouldBe(202);
    }

    [Fact]
    public void ARoleOfOnesOwnAllowsWhatItSays()
    {
        const string own = "60000000-0000-4000-8000-000000000001";
        string definition = $"{_client.Subscription}/providers/Microsoft.Authorization/roleDefinitions/{own}";
        const string body = """{"properties":{"roleName":"All but disks","type":"CustomRole","assignableScopes":["/"],"permissions":[{"actions":["*"],"notActions":["Microsoft.Compute/disks/write"]}]}}""";
        Assert.Equal("CustomRole", (string?)_client.Put(definition, Version, body).ShouldBe(201).Json["properties"]!["type"]);
        Assert.Equal(own, (string?)_client.Send("GET", $"{_client.Subscription}/providers/Microsoft.Authorization/roleDefinitions?api-version={Version}&$filter=roleName%20eq%20'All%20but%20disks'").Json["value"]![0]!["name"]);
        string assignment = Assign(_group, own);
        As(Somebody);
        _client.Get(Disk("d"), DiskVersion).ShouldBe(404);
        _client.Refused("PUT", Disk("d"), DiskVersion, Empty, 403, "AuthorizationFailed");

        AsOwner();
        _client.Refused("DELETE", definition, Version, null, 400, "RoleDefinitionHasAssignments");
        _client.Delete(assignment, Version).ShouldBe(200);
        _client.Delete(definition, Version).ShouldBe(200);
        _client.Get(definition, Version).ShouldBe(404);
    }

    [Fact]
    public void ASubnetIsJoined()
    {
        const string network = "2022-07-01";
        string other = _client.Group("other"), net = $"{other}/providers/Microsoft.Network/virtualNetworks/net";
        _client.Put(net, network, """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[{"name":"default","properties":{"addressPrefix":"10.0.0.0/24"}}]}}""").ShouldBe(201);
        _client.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assign(_group, Contributor);
        Assign(other, Reader);
        As(Somebody);
        string body = $$$"""{"location":"westeurope","properties":{"ipConfigurations":[{"name":"ip","properties":{"subnet":{"id":"{{{net}}}/subnets/default"} } }]} }""";
        Answer refused = _client.Refused("PUT", $"{_group}/providers/Microsoft.Network/networkInterfaces/nic", network, body, 403, "LinkedAuthorizationFailed");
        Assert.Contains($"'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '{net}/subnets/default'", refused.Message);
    }

    // "Authenticate requests across tenants": three at most, all of them valid.
    [Fact]
    public void AuxiliaryTokensAreLookedAtThemselves()
    {
        string token = SandboxToken.OfOwner(_client.Sandbox.PartnerTenantId), over = SandboxToken.Create(_client.Sandbox.Clock.GetUtcNow(), "somebody", _client.Sandbox.PartnerTenantId);
        _client.Headers["x-ms-authorization-auxiliary"] = $"Bearer {token}, Bearer {over}";
        Assert.Equal("ExpiredAuthenticationToken", _client.Get(_client.Subscription, "2022-12-01").ShouldBe(401).Code);
        _client.Headers["x-ms-authorization-auxiliary"] = string.Join(", ", Enumerable.Repeat($"Bearer {token}", 4));
        Assert.Equal("AuthenticationFailedInvalidHeader", _client.Get(_client.Subscription, "2022-12-01").ShouldBe(401).Code);
        _client.Headers["x-ms-authorization-auxiliary"] = string.Join(", ", Enumerable.Repeat($"Bearer {token}", 3));
        _client.Get(_client.Subscription, "2022-12-01").ShouldBe(200);
    }

    private DateTimeOffset Later => _client.Sandbox.Clock.GetUtcNow().AddDays(1);

    private string Disk(string name) => $"{_group}/providers/Microsoft.Compute/disks/{name}";

    private void As(string objectId) => _client.Token = SandboxToken.Create(Later, objectId, name: "jo@sandbox.example");

    private void AsOwner() => _client.Token = "sandbox-token";

    private string Assign(string scope, string role)
    {
        string id = $"{scope}/providers/Microsoft.Authorization/roleAssignments/50000000-0000-4000-8000-{++_number:D12}";
        _client.Put(id, Version, Body(role)).ShouldBe(201);
        return id;
    }

    private string Body(string role) =>
        $$"""{"properties":{"roleDefinitionId":"{{_client.Subscription}}/providers/Microsoft.Authorization/roleDefinitions/{{role}}","principalId":"{{Somebody}}","principalType":"User"} }""";
}
