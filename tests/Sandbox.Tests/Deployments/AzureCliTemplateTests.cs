using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Deployments;

/// <summary>What <c>az vm create</c> sends: ids spelled out, old versions of Network, explicit nulls, its own casing.</summary>
public sealed class AzureCliTemplateTests : DeploymentFixture
{
    private const string ComputeVersion = "2022-08-01";

    [Fact]
    public void The_template_of_az_makes_a_machine_with_its_network()
    {
        Answer made = Client.Put(
            Deployment.Replace("resourceGroups", "resourcegroups", StringComparison.Ordinal), "2021-04-01", Template());
        made.ShouldBe(201);
        JsonNode properties = made.Json["properties"]!;
        Assert.Equal("""{"adminPassword":{"type":"SecureString"}}""", properties["parameters"]!.ToJsonString());
        Assert.Equal(
            ["virtualNetworks", "networkSecurityGroups", "publicIPAddresses", "networkInterfaces"],
            properties["providers"]![0]!["resourceTypes"]!.AsArray().Select(static t => (string)t!["resourceType"]!));
        Assert.Equal(
            [
                Network("virtualNetworks/vm1VNET"), Network("networkSecurityGroups/vm1NSG"),
                Network("publicIPAddresses/vm1PublicIP"),
            ],
            properties["dependencies"]![0]!["dependsOn"]!.AsArray().Select(static d => (string)d!["id"]!));

        JsonObject status = Finish(made);
        Assert.True((string?)status["status"] == "Succeeded", status.ToJsonString());
        string machine = $"{Group}/providers/Microsoft.Compute/virtualMachines/vm1";
        Answer shown = Client.Send("GET", $"{machine}?$expand=instanceView&api-version={ComputeVersion}").ShouldBe(200);
        JsonNode vm = shown.Json["properties"]!;
        Assert.Equal("Succeeded", (string?)vm["provisioningState"]);
        Assert.Equal("vm1", (string?)vm["osProfile"]!["computerName"]);
        Assert.Contains(
            "PowerState/running", vm["instanceView"]!["statuses"]!.AsArray().Select(static s => (string)s!["code"]!));
        JsonNode nic = Client.Get(Network("networkInterfaces/vm1VMNic"), NetworkVersion).ShouldBe(200).Json["properties"]!;
        Assert.Equal(machine, (string?)nic["virtualMachine"]!["id"]);
        Assert.Equal("10.0.0.4", (string?)nic["ipConfigurations"]![0]!["properties"]!["privateIPAddress"]);
        Assert.Equal(Network("networkSecurityGroups/vm1NSG"), (string?)nic["networkSecurityGroup"]!["id"]);
        shown = Client.Get(Network("publicIPAddresses/vm1PublicIP"), NetworkVersion).ShouldBe(200);
        JsonNode address = shown.Json["properties"]!;
        Assert.Equal("Dynamic", (string?)address["publicIPAllocationMethod"]);
        Assert.DoesNotContain("P@ssw0rd12345!", Client.Sandbox.World.SaveState().ToJsonString(), StringComparison.Ordinal);
    }

    private string Template() => """
        {"properties":{"mode":"incremental","parameters":{"adminPassword":{"value":"P@ssw0rd12345!"}},"template":{
        "$schema":"https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#","contentVersion":"1.0.0.0",
        "parameters":{"adminPassword":{"type":"securestring","metadata":{"description":"Secure adminPassword"}}},
        "variables":{},"resources":[
        {"name":"vm1VNET","type":"Microsoft.Network/virtualNetworks","location":"westus","apiVersion":"2015-06-15",
         "dependsOn":[],"tags":{},"properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},
         "subnets":[{"name":"vm1Subnet","properties":{"addressPrefix":"10.0.0.0/24"} }]} },
        {"type":"Microsoft.Network/networkSecurityGroups","name":"vm1NSG","apiVersion":"2015-06-15","location":"westus","tags":{},
         "dependsOn":[],"properties":{"securityRules":[{"name":"default-allow-ssh","properties":{"protocol":"Tcp",
         "sourcePortRange":"*","destinationPortRange":"22","sourceAddressPrefix":"*","destinationAddressPrefix":"*",
         "access":"Allow","priority":1000,"direction":"Inbound"} }]} },
        {"apiVersion":"2022-01-01","type":"Microsoft.Network/publicIPAddresses","name":"vm1PublicIP","location":"westus",
         "tags":{},"dependsOn":[],"properties":{"publicIPAllocationMethod":null} },
        {"apiVersion":"2015-06-15","type":"Microsoft.Network/networkInterfaces","name":"vm1VMNic","location":"westus","tags":{},
         "dependsOn":["Microsoft.Network/virtualNetworks/vm1VNET","Microsoft.Network/networkSecurityGroups/vm1NSG",
         "Microsoft.Network/publicIpAddresses/vm1PublicIP"],"properties":{"ipConfigurations":[{"name":"ipconfigvm1",
         "properties":{"privateIPAllocationMethod":"Dynamic",
         "subnet":{"id":"NETWORK/virtualNetworks/vm1VNET/subnets/vm1Subnet"},
         "publicIPAddress":{"id":"NETWORK/publicIPAddresses/vm1PublicIP"} } }],
         "networkSecurityGroup":{"id":"NETWORK/networkSecurityGroups/vm1NSG"} } },
        {"apiVersion":"2022-08-01","type":"Microsoft.Compute/virtualMachines","name":"vm1","location":"westus","tags":{},
         "dependsOn":["Microsoft.Network/networkInterfaces/vm1VMNic"],"properties":{
         "hardwareProfile":{"vmSize":"Standard_DS1_v2"},"networkProfile":{"networkInterfaces":[
         {"id":"NETWORK/networkInterfaces/vm1VMNic","properties":{"deleteOption":null} }]},
         "storageProfile":{"osDisk":{"createOption":"fromImage","name":null,"caching":"ReadWrite",
         "managedDisk":{"storageAccountType":null} },
         "imageReference":{"publisher":"Debian","offer":"debian-12","sku":"12-gen2","version":"latest"} },
         "osProfile":{"computerName":"vm1","adminUsername":"azureuser","adminPassword":"[parameters('adminPassword')]"} } }
        ],"outputs":{} } } }
        """.Replace("NETWORK", $"{Group}/providers/Microsoft.Network", StringComparison.Ordinal);
}
