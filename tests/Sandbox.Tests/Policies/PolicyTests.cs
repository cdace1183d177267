using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Policies;

/// <summary>Policies that forbid names, places, types and tags.</summary>
public sealed class PolicyTests : IDisposable
{
    private const string Version = "2021-06-01";
    private const string DiskVersion = "2023-04-02";
    private const string Disk = """{"location":"West Europe","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";

    private readonly SandboxClient _client = new();
    private readonly string _group;

    public PolicyTests() => _group = _client.Group();

    private string Definitions => $"{_client.Subscription}/providers/Microsoft.Authorization/policyDefinitions";

    public void Dispose() => _client.Dispose();

    [Fact]
    public void AForbiddenNameIsRefusedInAzuresForm()
    {
        Define("names", """{"allOf":[{"field":"type","equals":"Microsoft.Compute/disks"},{"field":"name","notLike":"prod-*"}]}""", ""","displayName":"Names of disks" """);
        Assign(_group, "a1", "names");

        Answer refused = _client.Refused("PUT", Id("test1"), DiskVersion, Disk, 403, "RequestDisallowedByPolicy");
        string assignment = $"{_group}/providers/Microsoft.Authorization/policyAssignments/a1", definition = $"{Definitions}/names";
        Assert.Equal(
            "Resource 'test1' was disallowed by policy. Policy identifiers: '[{\"policyAssignment\":{\"name\":\"a1\",\"id\":\"" + assignment +
            "\"},\"policyDefinition\":{\"name\":\"Names of disks\",\"id\":\"" + definition + "\"}}]'.",
            refused.Message);
        Assert.Equal("gateway", refused.Header("x-ms-failure-cause"));
        Assert.Equal("test1", (string?)refused.Json["error"]!["target"]);
        JsonNode more = Assert.Single(refused.Json["error"]!["additionalInfo"]!.AsArray())!;
        Assert.Equal("PolicyViolation", (string?)more["type"]);
        Assert.Equal(
            $$$"""{"policyDefinitionDisplayName":"Names of disks","evaluationDetails":{"evaluatedExpressions":[{"result":"True","expressionKind":"Field","expression":"type","path":"type","expressionValue":"Microsoft.Compute/disks","targetValue":"Microsoft.Compute/disks","operator":"Equals"},{"result":"True","expressionKind":"Field","expression":"name","path":"name","expressionValue":"test1","targetValue":"prod-*","operator":"NotLike"}]},"policyDefinitionId":"{{{definition}}}","policyDefinitionName":"names","policyDefinitionEffect":"deny","policyAssignmentId":"{{{assignment}}}","policyAssignmentName":"a1","policyAssignmentDisplayName":"a1","policyAssignmentScope":"{{{_group}}}","policyAssignmentParameters":{}}""",
            more["info"]!.ToJsonString());

        _client.Put(Id("prod-1"), DiskVersion, Disk).ShouldBe(202);
        _client.Put($"{_client.Group("other")}/providers/Microsoft.Compute/disks/test1", DiskVersion, Disk).ShouldBe(202);
        _client.Delete(assignment, Version).ShouldBe(200);
        _client.Put(Id("test1"), DiskVersion, Disk).ShouldBe(202);
    }

    [Theory]
    [InlineData("""{"field":"name","like":"te*"}""", true)]
    [InlineData("""{"field":"name","like":"TEST1"}""", true)]
    [InlineData("""{"field":"name","notLike":"te*"}""", false)]
    [InlineData("""{"field":"name","match":"????#"}""", true)]
    [InlineData("""{"field":"name","match":"T???#"}""", false)]
    [InlineData("""{"field":"name","matchInsensitively":"T...."}""", true)]
    [InlineData("""{"field":"name","notMatch":"test##"}""", true)]
    [InlineData("""{"field":"name","contains":"ES"}""", true)]
    [InlineData("""{"field":"name","notContains":"es"}""", false)]
    [InlineData("""{"field":"location","in":["West Europe","eastus"]}""", true)]
    [InlineData("""{"field":"location","notIn":["westeurope"]}""", false)]
    [InlineData("""{"field":"type","notEquals":"microsoft.compute/DISKS"}""", false)]
    [InlineData("""{"field":"tags['cost']","exists":"false"}""", true)]
    [InlineData("""{"field":"tags.cost","exists":true}""", false)]
    [InlineData("""{"field":"tags[cost]","notEquals":"7"}""", true)]
    [InlineData("""{"field":"kind","equals":""}""", true)]
    [InlineData("""{"not":{"field":"name","equals":"test1"}}""", false)]
    [InlineData("""{"anyOf":[{"field":"name","equals":"x"},{"field":"name","equals":"test1"}]}""", true)]
    [InlineData("""{"anyOf":[{"field":"name","equals":"x"},{"not":{"field":"location","equals":"westeurope"}}]}""", false)]
    public void ConditionsMeanWhatTheArticleSays(string condition, bool denied)
    {
        Define("d", condition);
        Assign(_client.Subscription, "a", "d");
        _client.Put(Id("test1"), DiskVersion, Disk).ShouldBe(denied ? 403 : 202);
    }

    // A property's alias, a value of an expression, and effects that change requests.
    [Theory]
    [InlineData("""{"field":"Microsoft.Compute/disks/sku.name","like":"*"}""", "deny")]
    [InlineData("""{"allOf":[{"field":"name","like":"*"},{"value":"[field('name')]","equals":"test1"}]}""", "deny")]
    [InlineData("""{"field":"name","like":"*"}""", "audit")]
    [InlineData("""{"field":"name","like":"*"}""", "disabled")]
    [InlineData("""{"field":"name","like":"*"}""", "modify")]
    public void WhatIsNotEvaluatedForbidsNothing(string condition, string effect)
    {
        Define("d", condition, effect: effect);
        Assign(_group, "a", "d");
        _client.Put(Id("test1"), DiskVersion, Disk).ShouldBe(202);
        Assert.Equal(effect, (string?)_client.Get($"{Definitions}/d", Version).ShouldBe(200).Json["properties"]!["policyRule"]!["then"]!["effect"]);
    }

    [Fact]
    public void ParametersComeFromTheAssignmentOrTheDefinition()
    {
        string parameters = ""","parameters":{"prefix":{"type":"String"},"effect":{"type":"String","defaultValue":"Deny"}}""";
        Define("d", """{"field":"name","like":"[concat(parameters('prefix'), '*')]"}""", parameters, "[parameters('effect')]");
        string a = $"{_group}/providers/Microsoft.Authorization/policyAssignments/a";
        _client.Refused("PUT", a, Version, Assignment("d"), 400, "MissingPolicyParameter");
        _client.Put(a, Version, Assignment("d", ""","parameters":{"prefix":{"value":"te"}}""")).ShouldBe(201);
        _client.Refused("PUT", Id("test1"), DiskVersion, Disk, 403, "RequestDisallowedByPolicy");
        _client.Put(a, Version, Assignment("d", ""","parameters":{"prefix":{"value":"te"},"effect":{"value":"Audit"}}""")).ShouldBe(201);
        _client.Put(Id("test1"), DiskVersion, Disk).ShouldBe(202);
    }

    [Fact]
    public void AnAssignmentMayLeaveScopesOutOrOnlyObserveAndTellWhy()
    {
        Define("d", """{"field":"name","like":"*"}""");
        string a = $"{_client.Subscription}/providers/Microsoft.Authorization/policyAssignments/a";
        _client.Put(a, Version, Assignment("d", $$""","notScopes":["{{_group}}"]""")).ShouldBe(201);
        _client.Put(Id("one"), DiskVersion, Disk).ShouldBe(202);
        _client.Put(a, Version, Assignment("d", ""","enforcementMode":"doNotEnforce" """)).ShouldBe(201);
        _client.Put(Id("two"), DiskVersion, Disk).ShouldBe(202);
        _client.Put(a, Version, Assignment("d", ""","nonComplianceMessages":[{"message":"No disks here."}]""")).ShouldBe(201);
        Answer refused = _client.Refused("PUT", Id("three"), DiskVersion, Disk, 403, "RequestDisallowedByPolicy");
        Assert.Equal("Resource 'three' was disallowed by policy. Reasons: 'No disks here.'. See error details for policy resource IDs.", refused.Message);
        _client.Put(Id("one"), DiskVersion, Disk).ShouldBe(403);
        _client.Patch(Id("one"), DiskVersion, """{"tags":{"a":"b"}}""").ShouldBe(403);
        _client.Delete(Id("one"), DiskVersion).ShouldBe(202);
    }

    [Fact]
    public void GroupsAreForDefinitionsOfModeAll()
    {
        Define("d", """{"field":"type","equals":"Microsoft.Resources/subscriptions/resourceGroups"}""");
        Assign(_client.Subscription, "a", "d");
        string group = $"{_client.Subscription}/resourceGroups/new";
        _client.Refused("PUT", group, SandboxClient.ResourcesVersion, """{"location":"westus"}""", 403, "RequestDisallowedByPolicy");
        Define("d", """{"field":"type","equals":"Microsoft.Resources/subscriptions/resourceGroups"}""", mode: "Indexed");
        _client.Put(group, SandboxClient.ResourcesVersion, """{"location":"westus"}""").ShouldBe(201);
    }

    [Fact]
    public void BuiltInDefinitionsAreAssignedToo()
    {
        const string Locations = "/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c";
        Assert.Equal("Allowed locations", (string?)_client.Get(Locations, Version).ShouldBe(200).Json["properties"]!["displayName"]);
        string body = $$$"""{"properties":{"policyDefinitionId":"{{{Locations}}}","parameters":{"listOfAllowedLocations":{"value":["eastus"]} } } }""";
        _client.Put($"{_group}/providers/Microsoft.Authorization/policyAssignments/a", Version, body).ShouldBe(201);
        _client.Refused("PUT", Id("d"), DiskVersion, Disk, 403, "RequestDisallowedByPolicy");
        _client.Put(Id("d"), DiskVersion, Disk.Replace("West Europe", "eastus", StringComparison.Ordinal)).ShouldBe(202);
    }

    [Fact]
    public void ATemplateWithSomethingForbiddenIsNotDeployedAtAll()
    {
        Define("d", """{"field":"tags['cost']","exists":"false"}""");
        Assign(_group, "a", "d");
        const string Body = """
            {"properties":{"mode":"Incremental","template":{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion":"1.0.0.0","resources":[{"type":"Microsoft.Compute/disks","apiVersion":"2023-04-02","name":"one","location":"westeurope",
            "properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}]}}}
            """;
        string deployment = $"{_group}/providers/Microsoft.Resources/deployments/dep";
        Answer refused = _client.Refused("PUT", deployment, SandboxClient.ResourcesVersion, Body, 400, "InvalidTemplateDeployment");
        Assert.Equal("The template deployment failed because of policy violation. Please see details for more information.", refused.Message);
        JsonNode detail = Assert.Single(refused.Json["error"]!["details"]!.AsArray())!;
        Assert.Equal(("RequestDisallowedByPolicy", "one", "PolicyViolation"),
            ((string?)detail["code"], (string?)detail["target"], (string?)detail["additionalInfo"]![0]!["type"]));
        _client.Put(deployment, SandboxClient.ResourcesVersion, Body.Replace("\"location\"", "\"tags\":{\"cost\":\"1\"},\"location\"", StringComparison.Ordinal)).ShouldBe(201);
    }

    [Fact]
    public void DefinitionsAndAssignmentsAreListedAndDeleted()
    {
        Define("d", """{"field":"name","like":"x*"}""");
        Assign(_group, "a", "d");
        Assert.Contains("d", Names(Definitions));
        Assert.Equal(["a"], Names($"{_client.Subscription}/providers/Microsoft.Authorization/policyAssignments"));
        Assert.Equal(["a"], Names($"{_group}/providers/Microsoft.Authorization/policyAssignments"));
        _client.Refused("DELETE", $"{Definitions}/d", Version, null, 400, "InvalidDeletePolicyDefinitionRequest");
        string a = $"{_group}/providers/Microsoft.Authorization/policyAssignments/a";
        Assert.Equal("Default", (string?)_client.Get(a, Version).ShouldBe(200).Json["properties"]!["enforcementMode"]);
        _client.Delete(a, Version).ShouldBe(200);
        _client.Delete(a, Version).ShouldBe(204);
        _client.Refused("GET", a, Version, null, 404, "PolicyAssignmentNotFound");
        _client.Delete($"{Definitions}/d", Version).ShouldBe(200);
        _client.Refused("GET", $"{Definitions}/d", Version, null, 404, "PolicyDefinitionNotFound");
        _client.Refused("PUT", a, Version, Assignment("d"), 404, "PolicyDefinitionNotFound");
    }

    [Theory]
    [InlineData("""{"properties":{}}""", "InvalidPolicyRule")]
    [InlineData("""{"properties":{"policyRule":{"if":{"field":"name","like":"x"},"then":{"effect":"refuse"}}}}""", "InvalidPolicyRule")]
    [InlineData("""{"properties":{"policyRule":{"if":{"field":"name"},"then":{"effect":"deny"}}}}""", "InvalidPolicyRule")]
    [InlineData("""{"properties":{"policyRule":{"if":{"allOf":[]},"then":{"effect":"deny"}}}}""", "InvalidPolicyRule")]
    [InlineData("""{"properties":{"policyRule":{"if":{"field":"name","like":"[parameters('p')]"},"then":{"effect":"deny"}}}}""", "UndefinedPolicyParameter")]
    public void ARuleThatIsNoneIsRefused(string body, string code) =>
        _client.Refused("PUT", $"{Definitions}/bad", Version, body, 400, code);

    private string Id(string disk) => $"{_group}/providers/Microsoft.Compute/disks/{disk}";

    private string[] Names(string list) =>
        [.. _client.Get(list, Version).ShouldBe(200).Json["value"]!.AsArray().Select(static item => (string)item!["name"]!)];

    private void Define(string name, string condition, string more = "", string effect = "deny", string mode = "All") => _client.Put(
        $"{Definitions}/{name}",
        Version,
        $$$"""{"properties":{"mode":"{{{mode}}}"{{{more}}},"policyRule":{"if":{{{condition}}},"then":{"effect":"{{{effect}}}"} } } }""").ShouldBe(201);

    private void Assign(string scope, string name, string definition) =>
        _client.Put($"{scope}/providers/Microsoft.Authorization/policyAssignments/{name}", Version, Assignment(definition)).ShouldBe(201);

    private string Assignment(string definition, string more = "") => $$$"""{"properties":{"policyDefinitionId":"{{{Definitions}}}/{{{definition}}}"{{{more}}} } }""";
}
