using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Deployments;

public sealed class DeploymentTests : DeploymentFixture
{
    [Fact]
    public void A_deployment_is_accepted_as_recorded()
    {
        string path = Deployment.Replace("resourceGroups", "resourcegroups", StringComparison.Ordinal);
        Answer made = Client.Put(path, Version, Body(Address("pip"))).ShouldBe(201);
        string address = made.Header("Azure-AsyncOperation")!;
        Assert.Matches(
            $"^{SandboxClient.Root}{Client.Subscription}/resourcegroups/rg/providers/Microsoft.Resources/deployments/first/" +
            @"operationStatuses/0\d{19}\?api-version=2022-09-01$",
            address);
        Assert.Equal("1.95.0", made.Header("x-ms-deployment-engine-version"));
        Assert.Null(made.Header("Location"));
        Assert.Equal(Deployment, (string?)made.Json["id"]);
        Assert.Equal("Microsoft.Resources/deployments", (string?)made.Json["type"]);
        JsonObject properties = made.Json["properties"]!.AsObject();
        Assert.Equal(
            [
                "templateHash", "parameters", "mode", "provisioningState", "timestamp", "duration", "correlationId", "providers",
                "dependencies",
            ],
            properties.Select(static property => property.Key));
        Assert.Equal("Accepted", (string?)properties["provisioningState"]);
        Assert.Equal("Incremental", (string?)properties["mode"]);
        Assert.Equal(
            """[{"namespace":"Microsoft.Network","resourceTypes":[{"resourceType":"publicIPAddresses","locations":["westus"]}]}]""",
            properties["providers"]!.ToJsonString());
        Assert.Equal("""{"status":"Running"}""", Client.Send("GET", address).ShouldBe(200).Text);
        Client.Advance(4);
        Assert.Equal("""{"status":"Succeeded"}""", Client.Send("GET", address).ShouldBe(200).Text);
    }

    [Fact]
    public void An_output_can_be_a_loop()
    {
        JsonNode properties = Run(Body(
            string.Empty,
            outputs: """{"turns":{"type":"array","copy":{"count":2,"input":"[copyIndex()]"}},"none":{"type":"array","copy":{"count":0,"input":"x"}}}"""));
        Assert.Equal(
            """{"turns":{"type":"Array","value":[0,1]},"none":{"type":"Array","value":[]}}""", properties["outputs"]!.ToJsonString());
    }

    [Fact]
    public void A_finished_deployment_tells_its_outputs_resources_and_duration()
    {
        JsonNode properties = Run(Body(
            Address("pip"),
            parameters: """{"label":{"type":"string","defaultValue":"x"},"secret":{"type":"securestring"},"n":{"type":"int"}}""",
            values: """{"secret":{"value":"hidden-9"},"n":{"value":2}}""",
            outputs: """
                {"address":{"type":"string","value":"[reference('pip').ipAddress]"},
                "id":{"type":"string","value":"[resourceId('Microsoft.Network/publicIPAddresses','pip')]"},
                "secret":{"type":"securestring","value":"[parameters('secret')]"},
                "twice":{"type":"int","value":"[mul(parameters('n'),2)]"}}
                """));
        Assert.Equal("PT4S", (string?)properties["duration"]);
        Assert.Equal(
            """{"label":{"type":"String","value":"x"},"secret":{"type":"SecureString"},"n":{"type":"Int","value":2}}""",
            properties["parameters"]!.ToJsonString());
        string address = (string)Client.Get(Network("publicIPAddresses/pip"), NetworkVersion).Json["properties"]!["ipAddress"]!;
        Assert.Equal(
            $$$"""{"address":{"type":"String","value":"{{{address}}}"},"id":{"type":"String","value":"{{{Network("publicIPAddresses/pip")}}}"},"secret":{"type":"SecureString"},"twice":{"type":"Int","value":4}}""",
            properties["outputs"]!.ToJsonString());
        Assert.Equal(
            $$"""[{"id":"{{Network("publicIPAddresses/pip")}}"}]""", properties["outputResources"]!.ToJsonString());
        Assert.DoesNotContain("hidden-9", Client.Sandbox.World.SaveState().ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Resources_wait_for_those_they_depend_on_and_others_run_side_by_side()
    {
        // 10 s for the network, then 4 s for an address; the second address needs nothing and costs no time.
        const string network = """
            {"type":"Microsoft.Network/virtualNetworks","apiVersion":"2022-01-01","name":"vnet","location":"westus",
            "properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]}}}
            """;
        const string after = ",\"dependsOn\":[\"Microsoft.Network/virtualNetworks/vnet\"]";
        JsonNode properties = Run(Body($"{Address("late", after)},{network},{Address("early")}"));
        Assert.Equal("PT14S", (string?)properties["duration"]);
        JsonNode dependency = Assert.Single(properties["dependencies"]!.AsArray())!;
        Assert.Equal("late", (string?)dependency["resourceName"]);
        Assert.Equal(Network("virtualNetworks/vnet"), (string?)dependency["dependsOn"]![0]!["id"]);
    }

    [Fact]
    public void Loops_make_one_resource_for_each_turn()
    {
        const string loop = ",\"copy\":{\"name\":\"pips\",\"count\":\"[length(variables('names'))]\"}";
        string turns = Address("[concat(variables('names')[copyIndex()], copyIndex(1))]", loop);
        JsonNode properties = Run(Body(
            $"{turns},{Address("last", ",\"dependsOn\":[\"pips\"]")}",
            variables: """{"names":["a","b","c"]}"""));
        Assert.Equal("PT8S", (string?)properties["duration"]);
        Assert.Equal(
            ["a1", "b2", "c3", "last"],
            properties["outputResources"]!.AsArray().Select(static r => ((string)r!["id"]!).Split('/')[^1]));
    }

    [Fact]
    public void A_serial_loop_goes_batch_by_batch()
    {
        const string loop = ",\"copy\":{\"name\":\"pips\",\"count\":5,\"mode\":\"serial\",\"batchSize\":2}";
        Assert.Equal("PT12S", (string?)Run(Body(Address("[format('pip{0}', copyIndex())]", loop)))["duration"]);
    }

    [Fact]
    public void A_resource_whose_condition_is_false_is_not_deployed()
    {
        Run(Body(
            $"{Address("no", ",\"condition\":\"[parameters('public')]\"")},{Address("yes", ",\"dependsOn\":[\"no\"]")}",
            parameters: """{"public":{"type":"bool","defaultValue":false}}"""));
        Client.Get(Network("publicIPAddresses/no"), NetworkVersion).ShouldBe(404);
        Client.Get(Network("publicIPAddresses/yes"), NetworkVersion).ShouldBe(200);
    }

    [Fact]
    public void Operations_are_listed_resource_by_resource()
    {
        Run(Body(Address("pip")));
        JsonArray operations = Client.Get($"{Deployment}/operations", Version).ShouldBe(200).Json["value"]!.AsArray();
        Assert.Equal(2, operations.Count);
        JsonNode first = operations[0]!["properties"]!;
        Assert.Matches("^[0-9A-F]{16}$", (string?)operations[0]!["operationId"]!);
        Assert.Equal("Create", (string?)first["provisioningOperation"]);
        Assert.Equal("Succeeded", (string?)first["provisioningState"]);
        Assert.Equal("Created", (string?)first["statusCode"]);
        Assert.Equal("PT4S", (string?)first["duration"]);
        Assert.Equal(Network("publicIPAddresses/pip"), (string?)first["targetResource"]!["id"]);
        Assert.Equal("EvaluateDeploymentOutput", (string?)operations[1]!["properties"]!["provisioningOperation"]);
        Client.Get($"{Deployment}/operations/{operations[0]!["operationId"]}", Version).ShouldBe(200);
        Client.Get($"{Deployment}/operations/0", Version).ShouldBe(404);
    }

    [Fact]
    public void A_running_deployment_is_not_replaced_but_cancelled()
    {
        Put(Body(Address("a") + "," + Address("b", ",\"dependsOn\":[\"a\"]"))).ShouldBe(201);
        Refused(Body(Address("c")), "DeploymentActive", 409);
        Client.Advance(1);
        Client.Post($"{Deployment}/cancel", Version).ShouldBe(204);
        Client.Advance(60);
        Assert.Equal("Canceled", (string?)Client.Get(Deployment, Version).Json["properties"]!["provisioningState"]);
        Client.Get(Network("publicIPAddresses/a"), NetworkVersion).ShouldBe(200);
        Client.Get(Network("publicIPAddresses/b"), NetworkVersion).ShouldBe(404);
        Client.Refused("POST", $"{Deployment}/cancel", Version, null, 409, "DeploymentCannotBeCancelled");
        Put(Body(Address("c"))).ShouldBe(200);
    }

    [Fact]
    public void Mode_complete_deletes_what_the_template_does_not_name()
    {
        Run(Body($"{Address("old")},{Address("kept")}"));
        Answer second = Client.Put($"{Deployment}2", Version, Body(Address("kept"), mode: "complete")).ShouldBe(201);
        Assert.Equal("Succeeded", (string?)Finish(second)["status"]);
        Client.Get(Network("publicIPAddresses/old"), NetworkVersion).ShouldBe(404);
        Client.Get(Network("publicIPAddresses/kept"), NetworkVersion).ShouldBe(200);
        Client.Get(Deployment, Version).ShouldBe(200);
    }

    [Fact]
    public void A_deployment_inside_a_deployment_is_one_of_its_resources()
    {
        string inner = Body(Address("pip"));
        string nested = $$"""
            {"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"inner",{{inner.Trim()[1..^1]}}}
            """;
        Assert.Equal("PT4S", (string?)Run(Body(nested))["duration"]);
        Client.Get(Network("publicIPAddresses/pip"), NetworkVersion).ShouldBe(200);
        Assert.Equal(2, Client.Get($"{Group}/providers/Microsoft.Resources/deployments", Version).Json["value"]!.AsArray().Count);
    }

    [Fact]
    public void A_record_is_asked_for_listed_and_deleted()
    {
        Client.Send("HEAD", $"{Deployment}?api-version={Version}").ShouldBe(404);
        Answer missing = Client.Refused("GET", Deployment, Version, null, 404, "DeploymentNotFound");
        Assert.Equal("Deployment 'first' could not be found.", missing.Message);
        Run(Body(Address("pip")));
        Client.Send("HEAD", $"{Deployment}?api-version={Version}").ShouldBe(204);
        Client.Delete(Deployment, Version).ShouldBe(204);
        Client.Get(Deployment, Version).ShouldBe(404);
        Client.Get(Network("publicIPAddresses/pip"), NetworkVersion).ShouldBe(200);
    }

    [Fact]
    public void A_deployment_goes_on_after_a_restart()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{nameof(DeploymentTests)}-{Environment.ProcessId}.json");
        File.Delete(path);
        try
        {
            var options = new SandboxOptions { StatePath = path };
            using (var first = new SandboxClient(options))
            {
                first.Group("rg", "westus");
                first.Put(Deployment, Version, Body(Address("a") + "," + Address("b", ",\"dependsOn\":[\"a\"]"))).ShouldBe(201);
                first.Advance(2);
                first.Get(Deployment, Version).ShouldBe(200);
                first.Patch(Group, SandboxClient.ResourcesVersion, """{"tags":{}}""").ShouldBe(200);
            }

            using var second = new SandboxClient(options);
            second.Advance(8);
            Assert.Equal("PT8S", (string?)second.Get(Deployment, Version).Json["properties"]!["duration"]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
