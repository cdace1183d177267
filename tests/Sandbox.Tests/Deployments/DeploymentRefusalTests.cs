using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Deployments;

public sealed class DeploymentRefusalTests : DeploymentFixture
{
    private const string Start = "The provided value for the template parameter 'a' at line '*' and column '*' is not valid. ";

    [Theory]
    [InlineData(
        """{"a":{"type":"string"}}""",
        "{}",
        "The value for the template parameter 'a' at line '*' and column '*' is not provided. *")]
    [InlineData(
        "{}",
        """{"b":{"value":1}}""",
        "The template parameters 'b' in the parameters file are not valid; they are not present in the original template and " +
        "can therefore not be provided at deployment time. The only supported parameters for this template are ''. *")]
    [InlineData(
        """{"a":{"type":"string"}}""",
        """{"a":{"value":1}}""",
        Start + "Template parameter JToken type is not valid. Expected 'String, Uri'. Actual 'Integer'. *")]
    [InlineData(
        """{"a":{"type":"string","allowedValues":["x","y"]}}""",
        """{"a":{"value":"z"}}""",
        "The provided value 'z' for the template parameter 'a' at line '*' and column '*' is not valid. " +
        "The parameter value is not part of the allowed value(s): 'x,y'.")]
    [InlineData(
        """{"a":{"type":"securestring","minLength":12}}""",
        """{"a":{"value":"short"}}""",
        Start + "Length of the value should be greater than or equal to '12'. *")]
    public void Bad_parameters_are_refused(string parameters, string values, string message)
    {
        Answer answer = Refused(Body(Address("pip"), parameters, values), "InvalidTemplate");
        string[] parts = $"Deployment template validation failed: '{message}'.".Split('*');
        Assert.All(parts, part => Assert.Contains(part, answer.Message, StringComparison.Ordinal));
        Assert.Equal("TemplateViolation", (string?)answer.Json["error"]!["additionalInfo"]![0]!["type"]);
    }

    [Theory]
    [InlineData("[variables('none')]", "The template variable 'none' is not found.")]
    [InlineData("", "The name property cannot be null or empty.")]
    [InlineData("a/b", "has incorrect segment lengths.")]
    public void A_bad_resource_is_refused(string name, string message) => Assert.Contains(
        message, Refused(Body(Address(name)), "InvalidTemplate").Message, StringComparison.Ordinal);

    [Fact]
    public void Dependencies_must_be_in_the_template_and_must_not_run_in_circles()
    {
        Assert.Equal(
            "Deployment template validation failed: 'The resource 'Microsoft.Network/virtualNetworks/none' is not defined in " +
            "the template. Please see https://aka.ms/arm-template for usage details.'.",
            Refused(
                Body(Address("a", ",\"dependsOn\":[\"[resourceId('Microsoft.Network/virtualNetworks','none')]\"]")),
                "InvalidTemplate").Message);
        string circle = Body(Address("a", ",\"dependsOn\":[\"b\"]") + "," + Address("b", ",\"dependsOn\":[\"a\"]"));
        Assert.Contains(
            "Circular dependency detected on resource:", Refused(circle, "InvalidTemplate").Message, StringComparison.Ordinal);
        Assert.Contains(
            "is defined multiple times in a template.",
            Refused(Body(Address("a") + "," + Address("A")), "InvalidTemplate").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_template_is_refused()
    {
        Refused("""{"properties":{"mode":"Incremental","template":{"resources":[]}}}""", "InvalidTemplate");
        Refused("""{"properties":{"template":{}}}""", "InvalidRequestContent");
        Refused("""{"properties":{"mode":"Sometimes","template":{}}}""", "InvalidRequestContent");
        Refused(
            """{"properties":{"mode":"Incremental","templateLink":{"uri":"https://example.com/t.json"}}}""",
            "InvalidContentLink");
    }

    [Fact]
    public void The_front_end_looks_at_every_resource_first()
    {
        Refused(Body(Address("a").Replace("2022-01-01", "2022-01-02", StringComparison.Ordinal)), "NoRegisteredProviderFound");
        Refused(
            Body(Address("a").Replace("westus", "atlantis", StringComparison.Ordinal)), "LocationNotAvailableForResourceType");
        Run(Body(Address("a")));
        Client.Refused(
            "PUT",
            $"{Deployment}2",
            Version,
            Body(Address("a").Replace("westus", "eastus", StringComparison.Ordinal)),
            409,
            "InvalidResourceLocation");
    }

    [Fact]
    public void An_image_that_nobody_publishes_is_refused_before_anything_is_made()
    {
        const string machine = """
            {"type":"Microsoft.Compute/virtualMachines","apiVersion":"2024-07-01","name":"vm","location":"westus","properties":{
            "storageProfile":{"imageReference":{"publisher":"SUSE","offer":"openSUSE-Leap","sku":"42.3","version":"latest"}}}}
            """;
        foreach (string path in (string[])["", "/validate"])
        {
            Answer answer = Client.Refused(
                path.Length == 0 ? "PUT" : "POST", Deployment + path, Version, Body(machine), 400, "InvalidTemplateDeployment");
            Assert.StartsWith(
                "The template deployment 'first' is not valid according to the validation procedure. The tracking id is '",
                answer.Message,
                StringComparison.Ordinal);
            JsonNode detail = answer.Json["error"]!["details"]![0]!;
            Assert.Equal("InvalidParameter", (string?)detail["code"]);
            Assert.Equal("imageReference", (string?)detail["target"]);
            Assert.StartsWith(
                "The following list of images referenced from the deployment template are not found: Publisher: SUSE, Offer: " +
                "openSUSE-Leap, Sku: 42.3, Version: latest. Please refer to",
                (string?)detail["message"],
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_provider_refuses_fails_the_deployment_with_its_error()
    {
        string dynamic = Address("bad").Replace("\"Static\"", "\"Dynamic\"", StringComparison.Ordinal);
        string never = Address("never", ",\"dependsOn\":[\"bad\"]");
        JsonObject status = Finish(Put(Body($"{dynamic},{Address("good")},{never}")).ShouldBe(201));
        Assert.Equal("Failed", (string?)status["status"]);
        JsonNode error = status["error"]!;
        Assert.Equal("DeploymentFailed", (string?)error["code"]);
        Assert.Equal(Deployment, (string?)error["target"]);
        Assert.Equal(
            "At least one resource deployment operation failed. Please list deployment operations for details. Please see " +
            "https://aka.ms/arm-deployment-operations for usage details.",
            (string?)error["message"]);
        Assert.Equal("StandardSkuPublicIPAddressesMustBeStatic", (string?)Assert.Single(error["details"]!.AsArray())!["code"]);
        Client.Get(Network("publicIPAddresses/good"), NetworkVersion).ShouldBe(200);
        Client.Get(Network("publicIPAddresses/never"), NetworkVersion).ShouldBe(404);
        JsonNode operation = Client.Get($"{Deployment}/operations", Version).Json["value"]![0]!["properties"]!;
        Assert.Equal("BadRequest", (string?)operation["statusCode"]);
        Assert.Equal("StandardSkuPublicIPAddressesMustBeStatic", (string?)operation["statusMessage"]!["error"]!["code"]);
    }

    [Fact]
    public void An_operation_that_fails_is_a_resource_deployment_failure()
    {
        Client.Sandbox.AddFault(new SandboxFault
        {
            Method = "PUT",
            Path = "*/publicIPAddresses/pip",
            Effect = SandboxFaultEffect.OperationFailure,
            Code = "InternalServerError",
            Message = "An error occurred.",
        });
        JsonNode detail = Finish(Put(Body(Address("pip"))).ShouldBe(201))["error"]!["details"]![0]!;
        Assert.Equal("ResourceDeploymentFailure", (string?)detail["code"]);
        Assert.Equal(Network("publicIPAddresses/pip"), (string?)detail["target"]);
        Assert.Equal("InternalServerError", (string?)detail["details"]![0]!["code"]);
    }

    [Fact]
    public void What_a_provider_wants_to_be_tried_again_is_tried_again()
    {
        Client.Sandbox.AddFault(new SandboxFault
        {
            Method = "PUT",
            Path = "*/publicIPAddresses/pip",
            Effect = SandboxFaultEffect.Error,
            Status = 429,
            Code = "RetryableError",
            Message = "A retryable error occured.",
            Count = 2,
        });
        Assert.Equal("PT24S", (string?)Run(Body(Address("pip")))["duration"]);
    }

    [Fact]
    public void An_output_without_value_fails_the_deployment()
    {
        JsonObject status = Finish(Put(Body(
            Address("pip"), outputs: """{"x":{"type":"string","value":"[reference('pip').none]"}}""")).ShouldBe(201));
        Assert.Equal("DeploymentOutputEvaluationFailed", (string?)status["error"]!["details"]![0]!["code"]);
    }

    [Fact]
    public void A_validation_shows_what_would_be_deployed_and_deploys_nothing()
    {
        string before = Client.Fingerprint;
        Answer answer = Client.Post($"{Deployment}/validate", Version, Body(Address("pip"))).ShouldBe(200);
        Assert.Equal(before, Client.Fingerprint);
        Assert.Equal("Succeeded", (string?)answer.Json["properties"]!["provisioningState"]);
        Assert.Equal(
            Network("publicIPAddresses/pip"), (string?)answer.Json["properties"]!["validatedResources"]![0]!["id"]);
    }
}
