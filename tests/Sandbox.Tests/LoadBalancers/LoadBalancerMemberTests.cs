using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.LoadBalancers;

public sealed class LoadBalancerMemberTests : LoadBalancerFixture
{
    private string Configuration => $"{Interface}/ipConfigurations/ipconfig1";

    private string Set => $"{Group}/providers/Microsoft.Compute/virtualMachineScaleSets/set";

    [Fact]
    public void An_interface_is_a_member_as_long_as_it_names_the_pool()
    {
        MakeNetwork();
        MakeBalancer();
        Answer made = PutMember(Interface).ShouldBe(201);
        JsonNode properties = Properties(made)["ipConfigurations"]![0]!["properties"]!;
        Assert.Equal([Pool], Ids(properties["loadBalancerBackendAddressPools"]));
        Assert.Equal([NatRule], Ids(properties["loadBalancerInboundNatRules"]));
        Assert.Equal([Configuration], Ids(Properties(Show(Pool))["backendIPConfigurations"]));
        Assert.Equal(
            Configuration,
            (string?)Properties(Show(Pool))["loadBalancerBackendAddresses"]![0]!["properties"]!["networkInterfaceIPConfiguration"]!["id"]);
        Assert.Equal(Configuration, (string?)Properties(Show(NatRule))["backendIPConfiguration"]!["id"]);
        PutInterface(Interface).ShouldBe(200);
        Assert.Null(Properties(Show(Pool))["backendIPConfigurations"]);
    }

    [Fact]
    public void An_inbound_NAT_rule_is_for_one_interface()
    {
        MakeNetwork();
        MakeBalancer();
        PutMember(Interface).ShouldBe(201);
        PutMember(Interface).ShouldBe(200);
        Answer refused = PutMember(Id("networkInterfaces/second")).ShouldBe(400);
        Assert.Equal("InboundNatRuleInUse", refused.Code);
    }

    [Fact]
    public void A_pool_that_is_not_there_is_an_invalid_reference()
    {
        MakeNetwork();
        Answer refused = PutMember(Interface).ShouldBe(400);
        Assert.Equal("InvalidResourceReference", refused.Code);
        Assert.StartsWith($"Resource {Pool} referenced by resource {Interface} was not found.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Interfaces_no_longer_name_a_balancer_that_is_gone()
    {
        MakeNetwork();
        MakeBalancer();
        PutMember(Interface).ShouldBe(201);
        Finish(Client.Delete(Balancer, Version).ShouldBe(202));
        JsonNode properties = Properties(Show(Interface))["ipConfigurations"]![0]!["properties"]!;
        Assert.Null(properties["loadBalancerBackendAddressPools"]);
        Assert.Null(properties["loadBalancerInboundNatRules"]);
    }

    [Fact]
    public void A_scale_set_holds_the_balancer_that_its_model_names_and_its_instances_are_members()
    {
        MakeNetwork();
        MakeBalancer();
        Client.Put(Set, "2023-07-01", ScaleSet(Pool)).ShouldBe(201);
        Client.Advance(900);
        Assert.Equal(
            Enumerable.Range(0, 2).Select(i => $"{Set}/virtualMachines/{i}/networkInterfaces/nic/ipConfigurations/ip"),
            Ids(Properties(Show(Pool))["backendIPConfigurations"]).Select(static id => id!));
        Answer refused = Client.Delete(Balancer, Version).ShouldBe(400);
        Assert.Equal("LoadBalancerInUseByVirtualMachineScaleSet", refused.Code);
        Assert.Equal(
            $"Cannot delete load balancer {Balancer} since its child resources pool are in use by virtual machine scale set {Set}.",
            refused.Message);
        refused = Client.Delete(Pool, Version).ShouldBe(400);
        Assert.Equal(
            $"Cannot remove backend address pool pool from load balancer since it is in use by virtual machine scale set {Set}.",
            refused.Message);
        Client.Delete(Set, "2023-07-01").ShouldBe(202);
        Client.Advance(600);
        Finish(Client.Delete(Balancer, Version).ShouldBe(202));
    }

    [Fact]
    public void A_scale_set_cannot_name_a_pool_that_is_not_there()
    {
        MakeNetwork();
        MakeBalancer();
        Client.Refused("PUT", Set, "2023-07-01", ScaleSet($"{Pool}s"), 400, "InvalidResourceReference");
    }

    private string ScaleSet(string pool) =>
        $$$"""
        {"location":"westus","sku":{"name":"Standard_DS1_v2","capacity":2},"properties":{"overprovision":false,
        "upgradePolicy":{"mode":"manual"},"virtualMachineProfile":{
        "storageProfile":{"imageReference":{"publisher":"Canonical","offer":"0001-com-ubuntu-server-jammy","sku":"22_04-lts","version":"latest"}},
        "osProfile":{"computerNamePrefix":"set","adminUsername":"azureuser","adminPassword":"Pa55-for-tests!"},
        "networkProfile":{"networkInterfaceConfigurations":[{"name":"nic","properties":{"primary":true,"ipConfigurations":[
        {"name":"ip","properties":{"subnet":{"id":"{{{Subnet}}}"},"loadBalancerBackendAddressPools":[{"id":"{{{pool}}}"}]}}]}}] } } } }
        """;
}
