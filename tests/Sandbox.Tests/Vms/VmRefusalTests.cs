using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>What Azure refuses before it makes a machine, with its status, code and text. Nothing is left behind.</summary>
public sealed class VmRefusalTests : IDisposable
{
    private readonly VmFixture _vms = new();

    [Fact]
    public void ADiskOfAnotherSubscription()
    {
        string other = _vms.Client.Sandbox.Subscriptions[1].Id;
        string own = _vms.Client.Subscription.Split('/')[2];
        JsonObject body = _vms.Body(VmFixture.Linux);
        body["properties"]!["storageProfile"]!["dataDisks"] = new JsonArray(new JsonObject
        {
            ["lun"] = 0,
            ["createOption"] = "Attach",
            ["managedDisk"] = new JsonObject { ["id"] = $"/subscriptions/{other}/resourceGroups/g/providers/Microsoft.Compute/disks/d" },
        });
        Assert.Equal(
            $"Subscription {own} of the request must match the subscription {other} contained in the managed disk id.",
            _vms.Client.Refused("PUT", _vms.Vm(), VmFixture.Version, body.ToJsonString(), 400, "InvalidParameter").Message);
    }

    [Fact]
    public void AnUnknownImage() => Assert.Equal(
        "The platform image 'Canonical:ubuntu-24_04-lts:nothing:latest' is not available. Verify that all fields in the storage "
        + "profile are correct. For more details about storage profile information, please refer to https://aka.ms/storageprofile",
        Refused("Canonical:ubuntu-24_04-lts:nothing:latest", 404, "PlatformImageNotFound").Message);

    [Fact]
    public void AnUnknownSize() => Assert.StartsWith(
        "The value Standard_Nothing provided for the VM size is not valid. The valid sizes in the current region are: " +
        "Standard_B1s,",
        Refused(VmFixture.Linux, 400, "InvalidParameter", size: "Standard_Nothing").Message);

    [Fact]
    public void ASizeThatTheRegionLacks() => Assert.StartsWith(
        "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: " +
        "Standard_NC24ads_A100_v4' is currently not available in location 'northeurope'.",
        Refused(VmFixture.Windows, 409, "SkuNotAvailable", b => b["location"] = "northeurope", "Standard_NC24ads_A100_v4")
            .Message);

    [Fact]
    public void AGenerationThatTheSizeDoesNotBoot() => Assert.StartsWith(
        "The selected VM size 'Standard_NC24ads_A100_v4' cannot boot Hypervisor Generation '1'.",
        Refused(VmFixture.Linux, 400, "BadRequest", size: "Standard_NC24ads_A100_v4").Message);

    [Fact]
    public void AnArm64ImageOnAnX64Size() => Assert.StartsWith(
        "Cannot create a VM of size 'Standard_D2s_v5' because this VM size only supports a CPU Architecture of 'x64', but " +
        "an image or disk with CPU Architecture 'Arm64' was given.",
        Refused("Debian:debian-12:12-arm64:latest", 400, "BadRequest").Message);

    [Fact]
    public void AWindowsNameOfSixteenCharacters() => Assert.StartsWith(
        "Windows computer name cannot be more than 15 characters long",
        Refused(VmFixture.Windows, 400, "InvalidParameter", b => Profile(b)["computerName"] = "a-name-too-long1").Message);

    [Fact]
    public void AWeakPassword() => Assert.StartsWith(
        "The supplied password must be between 8-123 characters long",
        Refused(VmFixture.Windows, 400, "InvalidParameter", b => Profile(b)["adminPassword"] = "weakweak").Message);

    [Fact]
    public void AUserNameThatIsTaken() => Assert.Equal(
        "The Admin Username specified is not allowed.",
        Refused(VmFixture.Linux, 400, "InvalidParameter", b => Profile(b)["adminUsername"] = "root").Message);

    [Fact]
    public void NoWayToSignIn() => Assert.Equal(
        "Authentication using either SSH or by user name and password must be enabled in Linux profile.",
        Refused(VmFixture.Linux, 400, "InvalidParameter", b => Profile(b).Remove("adminPassword")).Message);

    [Fact]
    public void NoProfile() => Assert.Equal(
        "Required parameter 'osProfile' is missing (null).",
        Refused(VmFixture.Linux, 400, "InvalidParameter", b => b["properties"]!.AsObject().Remove("osProfile")).Message);

    [Fact]
    public void NoInterface() => Assert.Equal(
        "Virtual machine web01 must have at least one network interface.",
        Refused(VmFixture.Linux, 400, "VirtualMachineMustHaveAtLeastOneNetworkInterface",
            b => b["properties"]!["networkProfile"]!["networkInterfaces"] = new JsonArray()).Message);

    [Fact]
    public void AnInterfaceOfAnotherRegion() => Assert.Contains(
        "was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.",
        Refused(VmFixture.Linux, 400, "InvalidResourceReference", b => b["location"] = "northeurope").Message);

    [Fact]
    public void AnInterfaceThatIsInUse()
    {
        _vms.Create(VmFixture.Linux);
        JsonObject body = _vms.Body(VmFixture.Linux, "web02");
        body["properties"]!["networkProfile"]!["networkInterfaces"]![0]!["id"] =
            $"{_vms.Group}/providers/Microsoft.Network/networkInterfaces/web01VMNic";
        _vms.Client.Refused("PUT", _vms.Vm("web02"), VmFixture.Version, body.ToJsonString(), 400, "NicInUse");
    }

    [Fact]
    public void MoreCoresThanTheQuota() => Assert.StartsWith(
        "Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional " +
        "details - Deployment Model: Resource Manager, Location: westeurope, Current Limit: 100, Current Usage: 64, Additional Required: 64, (Minimum) New Limit Required: 128.",
        SecondBigMachine().Message);

    [Fact]
    public void ADiskSmallerThanTheImage() => Assert.Equal(
        "Disk with size 20GB, which is smaller than the size 30GB of corresponding disk in Image, is not allowed.",
        Refused(VmFixture.Linux, 409, "OperationNotAllowed",
            b => Storage(b)["osDisk"] = new JsonObject { ["createOption"] = "FromImage", ["diskSizeGB"] = 20 }).Message);

    [Fact]
    public void TrustedLaunchOnGeneration1() => Assert.StartsWith(
        "Use of TrustedLaunch setting is not supported for the provided image.",
        Refused(VmFixture.Linux, 400, "BadRequest",
            b => b["properties"]!["securityProfile"] = new JsonObject { ["securityType"] = "TrustedLaunch" }).Message);

    [Fact]
    public void APlanWithoutAcceptedTerms()
    {
        Refused("bitnami:wordpress:6-4:latest", 400, "ResourcePurchaseValidationFailed", b => b["plan"] = Plan("6-4"));
        Answer unknown = Refused(
            "bitnami:wordpress:6-4:latest", 400, "ResourcePurchaseValidationFailed", b => b["plan"] = Plan("nothing"));
        Assert.Contains("Offer with PublisherId: bitnami and OfferId: wordpress not found.", unknown.Message);
    }

    [Fact]
    public void AnImageWithAPlanBoughtWithoutOneFailsInTheOperation()
    {
        Answer answer = _vms.Client.Put(_vms.Vm(), VmFixture.Version, _vms.Body("bitnami:wordpress:6-4:latest").ToJsonString())
            .ShouldBe(201);
        Assert.Equal("VMMarketplaceInvalidInput", (string?)_vms.Client.Finish(answer)["error"]!["code"]);
        Assert.Equal("Failed", (string?)_vms.Get()["properties"]!["provisioningState"]);
    }

    [Fact]
    public void AnImageBoughtWithThePlanOfAnotherFailsInTheOperation()
    {
        Accept("6-4-gen2");
        JsonObject body = _vms.Body("bitnami:wordpress:6-4:latest");
        body["plan"] = Plan("6-4-gen2");
        body["properties"]!["storageProfile"]!["osDisk"] = new JsonObject { ["createOption"] = "FromImage", ["name"] = "system" };
        Answer answer = _vms.Client.Put(_vms.Vm(), VmFixture.Version, body.ToJsonString()).ShouldBe(201);
        JsonNode error = _vms.Client.Finish(answer)["error"]!;
        Assert.Equal("VMMarketplaceInvalidInput", (string?)error["code"]);
        Assert.Equal(
            "The purchase information does not match. Unable to deploy from the Marketplace image. OS disk name is system.",
            (string?)error["message"]);
    }

    [Fact]
    public void WithAcceptedTermsTheMachineIsMade()
    {
        Accept("6-4");
        _vms.Create("bitnami:wordpress:6-4:latest", change: b => b["plan"] = Plan("6-4"));
        Assert.Equal("1.10.0", (string?)_vms.Get()["properties"]!["storageProfile"]!["imageReference"]!["exactVersion"]);
    }

    [Fact]
    public void ZonesInARegionWithoutZones() => Assert.Equal(
        "The resource type 'virtualMachines' does not support availability zones at location 'westus' and api-version " +
        "'2023-07-01'.",
        Refused(VmFixture.Linux, 400, "ResourceTypeNotSupportAvailabilityZones", b =>
        {
            b["location"] = "westus";
            b["zones"] = new JsonArray("1");
            _vms.Nic("web01VMNic", "westus");
        }).Message);

    [Fact]
    public void ASizeThatNoZoneHas() => Assert.StartsWith(
        $"The requested size for resource '{_vms.Vm()}' is currently not available in location 'westeurope' zones '2' for " +
        $"subscription '{_vms.Client.Sandbox.SubscriptionId}'. Please try another size",
        Refused(VmFixture.Linux, 409, "SkuNotAvailable", b => b["zones"] = new JsonArray("2"), "Standard_A2_v2").Message);

    [Fact]
    public void AnEvictionPolicyOfARegularMachine() => Assert.StartsWith(
        "evictionPolicy can only be set on Azure Spot Virtual Machines.",
        Refused(VmFixture.Linux, 409, "OperationNotAllowed", b => b["properties"]!["evictionPolicy"] = "Delete").Message);

    [Fact]
    public void ANameOfMoreThan64Characters()
    {
        string name = new('a', 65);
        Answer refused = _vms.Client.Refused("PUT", _vms.Vm(name), VmFixture.Version, _vms.Body(VmFixture.Linux).ToJsonString(), 400, "InvalidParameter");
        Assert.Equal($@"The entity name '{name}' is invalid according to its validation rule: ^[^_\W][\w-._]{{0,63}}(?<![-.])$.", refused.Message);
        _vms.Client.Put(_vms.Vm(name[1..]), VmFixture.Version, _vms.Body(VmFixture.Linux).ToJsonString()).ShouldBe(201);
    }

    [Fact]
    public void WhileAnotherOperationRuns()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Client.Post(_vms.Vm() + "/powerOff", VmFixture.Version).ShouldBe(202);
        Answer refused = _vms.Client.Refused("POST", _vms.Vm() + "/start", VmFixture.Version, null, 409, "OperationNotAllowed");
        Assert.Equal(
            "An ongoing operation is changing power state of Virtual Machine web01 to Stopped. Please perform operation Start VM after some time.",
            refused.Message);
        refused = _vms.Client.Refused("POST", _vms.Vm() + "/reapply", VmFixture.Version, null, 409, "OperationNotAllowed");
        Assert.Equal("Operation 'Reapply VM' is not allowed on VM 'web01' since another operation is in progress.",
            refused.Message);
    }

    [Fact]
    public void ChangingTheImage()
    {
        _vms.Create(VmFixture.Linux);
        string body = """{"properties":{"storageProfile":{"imageReference":{"sku":"12-gen2"}}}}""";
        Answer refused = _vms.Client.Refused("PATCH", _vms.Vm(), VmFixture.Version, body, 409, "PropertyChangeNotAllowed");
        Assert.Equal("Changing property 'imageReference' is not allowed.", refused.Message);
    }

    private Answer SecondBigMachine()
    {
        _vms.Create(VmFixture.Linux, "web02", b => b["properties"]!["hardwareProfile"]!["vmSize"] = "Standard_D64s_v5");
        return Refused(VmFixture.Linux, 409, "OperationNotAllowed", size: "Standard_D64s_v5");
    }

    private Answer Refused(
        string urn, int status, string code, Action<JsonObject>? change = null, string size = "Standard_D2s_v5")
    {
        JsonObject body = _vms.Body(urn, size: size);
        change?.Invoke(body);
        return _vms.Client.Refused("PUT", _vms.Vm(), VmFixture.Version, body.ToJsonString(), status, code);
    }

    private void Accept(string plan)
    {
        string agreement =
            $"{_vms.Client.Subscription}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/bitnami/offers/wordpress/plans/{plan}/agreements/current";
        JsonObject terms = _vms.Client.Get(agreement, "2021-01-01").ShouldBe(200).Json;
        Assert.False((bool)terms["properties"]!["accepted"]!);
        terms["properties"]!["accepted"] = true;
        _vms.Client.Put(agreement, "2021-01-01", terms.ToJsonString()).ShouldBe(200);
    }

    private static JsonObject Profile(JsonObject body) => body["properties"]!["osProfile"]!.AsObject();

    private static JsonObject Storage(JsonObject body) => body["properties"]!["storageProfile"]!.AsObject();

    private static JsonObject Plan(string name) =>
        new() { ["publisher"] = "bitnami", ["product"] = "wordpress", ["name"] = name };

    public void Dispose() => _vms.Dispose();
}
