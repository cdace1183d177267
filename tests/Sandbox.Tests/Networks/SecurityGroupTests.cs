using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Networks;

public sealed class SecurityGroupTests : NetworkFixture
{
    [Fact]
    public void A_group_has_its_rules_and_the_six_of_all()
    {
        Finish(Put(Rule("ssh", 1000)).ShouldBe(201));
        JsonNode properties = Properties(Show(SecurityGroup));
        JsonNode rule = Assert.Single(properties["securityRules"]!.AsArray())!;
        Assert.Equal($"{SecurityGroup}/securityRules/ssh", (string?)rule["id"]);
        Assert.Equal(
            """{"provisioningState":"Succeeded","protocol":"Tcp","sourcePortRange":"*","destinationPortRange":"22","sourceAddressPrefix":"*","destinationAddressPrefix":"*","access":"Allow","priority":1000,"direction":"Inbound","sourcePortRanges":[],"destinationPortRanges":[],"sourceAddressPrefixes":[],"destinationAddressPrefixes":[]}""",
            rule["properties"]!.ToJsonString());
        Assert.Equal(
            [
                "AllowVnetInBound", "AllowAzureLoadBalancerInBound", "DenyAllInBound", "AllowVnetOutBound",
                "AllowInternetOutBound", "DenyAllOutBound",
            ],
            properties["defaultSecurityRules"]!.AsArray().Select(static r => (string)r!["name"]!));
    }

    [Fact]
    public void A_group_without_properties_is_what_az_makes() =>
        Client.Put(SecurityGroup, "2015-06-15", """{"location":"westus","tags":{},"dependsOn":[]}""").ShouldBe(201);

    [Theory]
    [InlineData("priority", "99", "SecurityRuleInvalidPriority")]
    [InlineData("destinationPortRange", "\"80,443\"", "SecurityRuleInvalidPortRange")]
    [InlineData("destinationPortRange", "\"70000\"", "SecurityRuleInvalidPortRange")]
    [InlineData("sourceAddressPrefix", "\"MY_ADDRESS\"", "SecurityRuleInvalidAddressPrefix")]
    [InlineData("access", "\"Perhaps\"", "InvalidRequestFormat")]
    [InlineData("direction", "null", "InvalidRequestFormat")]
    public void A_bad_rule_is_refused(string property, string value, string code)
    {
        JsonNode rule = JsonNode.Parse(Rule("ssh", 1000))!;
        rule["properties"]![property] = JsonNode.Parse(value);
        Client.Refused("PUT", SecurityGroup, Version, Body(rule.ToJsonString()), 400, code);
    }

    [Fact]
    public void Two_rules_of_one_direction_differ_in_priority()
    {
        Answer answer = Client.Refused(
            "PUT", SecurityGroup, Version, Body(Rule("ssh", 1000), Rule("rdp", 1000)), 400, "SecurityRuleConflict");
        Assert.Equal(
            "Security rule rdp conflicts with rule ssh. Rules cannot have the same Priority and Direction.", answer.Message);
        Finish(Put(Rule("ssh", 1000)).ShouldBe(201));
        string rule = $"{SecurityGroup}/securityRules/rdp";
        Client.Refused("PUT", rule, Version, Rule("rdp", 1000), 400, "SecurityRuleConflict");
        Finish(Client.Put(rule, Version, Rule("rdp", 1010)).ShouldBe(201));
        Assert.Equal(2, Client.Get($"{SecurityGroup}/securityRules", Version).Json["value"]!.AsArray().Count);
        Finish(Client.Delete(rule, Version).ShouldBe(202));
        Client.Get(rule, Version).ShouldBe(404);
        Client.Get($"{SecurityGroup}/securityRules/ssh", Version).ShouldBe(200);
    }

    [Fact]
    public void A_group_in_use_knows_its_users_and_is_not_deleted()
    {
        Finish(Put().ShouldBe(201));
        MakeNetwork();
        string reference = $$""","networkSecurityGroup":{"id":"{{SecurityGroup}}"}""";
        PutInterface(Interface, reference).ShouldBe(201);
        Finish(Client.Put(Subnet, Version, $$$"""{"properties":{"addressPrefix":"10.0.0.0/24"{{{reference}}}}}""").ShouldBe(200));
        JsonNode properties = Properties(Show(SecurityGroup));
        Assert.Equal(Interface, (string?)properties["networkInterfaces"]![0]!["id"]);
        Assert.Equal(Subnet, (string?)properties["subnets"]![0]!["id"]);
        Answer answer = Client.Refused(
            "DELETE", SecurityGroup, Version, null, 400, "InUseNetworkSecurityGroupCannotBeDeleted");
        Assert.Contains($"in use by the following resources: {Interface}, {Subnet}.", answer.Message, StringComparison.Ordinal);
        PutInterface(Interface).ShouldBe(200);
        Finish(Client.Delete(Interface, Version).ShouldBe(202));
        Finish(Client.Delete(Network, Version).ShouldBe(202));
        Finish(Client.Delete(SecurityGroup, Version).ShouldBe(202));
    }

    private Answer Put(params string[] rules) => Client.Put(SecurityGroup, Version, Body(rules));

    private static string Body(params string[] rules) =>
        $$$"""{"location":"westus","properties":{"securityRules":[{{{string.Join(",", rules)}}}]}}""";

    private static string Rule(string name, int priority) =>
        $$$"""
        {"name":"{{{name}}}","properties":{"protocol":"tcp","sourcePortRange":"*","destinationPortRange":"22",
        "sourceAddressPrefix":"*","destinationAddressPrefix":"*","access":"Allow","priority":{{{priority}}},"direction":"Inbound"}}
        """;
}
