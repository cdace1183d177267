using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Tests.Templates;

public sealed class ExpressionTests
{
    private const string Group = "/subscriptions/s/resourceGroups/g";

    private static readonly TemplateScope s_scope = new()
    {
        Template = Parse("""
            {"variables":{"vm":"[concat(parameters('prefix'),'-vm')]","loop":"[variables('loop')]",
            "copy":[{"name":"disks","count":2,"input":{"lun":"[copyIndex('disks')]"}}]}}
            """),
        Parameters = Parse("""{"prefix":"web","count":3,"list":["a","b"],"map":{"Key":{"inner":[1,2]}}}"""),
        Place = new TemplatePlace(
            "d",
            Parse("""{"id":"/subscriptions/s","subscriptionId":"s"}"""),
            new ResourceEntry(Group, ResourceStore.GroupType, Parse($$"""{"id":"{{Group}}","name":"g","location":"westus"}""")))
        {
            Types = [new ResourceType("Microsoft.Compute", "disks", ["2023-04-02", "2023-01-02"])],
        },
    };

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("[[escaped]", "\"[escaped]\"")]
    [InlineData("['it''s']", "\"it's\"")]
    [InlineData("[concat('a', parameters('count'), true())]", "\"a3True\"")]
    [InlineData("[concat(parameters('list'), createArray('c'))]", """["a","b","c"]""")]
    [InlineData("[variables('vm')]", "\"web-vm\"")]
    [InlineData("[variables('disks')]", """[{"lun":0},{"lun":1}]""")]
    [InlineData("[parameters('map').key.inner[1]]", "2")]
    [InlineData("[PARAMETERS('map')['Key'].inner]", "[1,2]")]
    [InlineData("[format('{0}-{1:D3}', 'vm', 7)]", "\"vm-007\"")]
    [InlineData("[toUpper(toLower('Ab'))]", "\"AB\"")]
    [InlineData("[if(equals(parameters('prefix'), 'web'), 1, div(1, 0))]", "1")]
    [InlineData("[add(mul(2, 3), mod(7, 4))]", "9")]
    [InlineData("[substring('abcdef', 2, 3)]", "\"cde\"")]
    [InlineData("[split('a,b', ',')]", """["a","b"]""")]
    [InlineData("[length(parameters('list'))]", "2")]
    [InlineData("[contains(parameters('list'), 'b')]", "true")]
    [InlineData("[and(not(empty('x')), or(false(), true()))]", "true")]
    [InlineData("[resourceGroup().location]", "\"westus\"")]
    [InlineData("[subscription().subscriptionId]", "\"s\"")]
    [InlineData("[deployment().name]", "\"d\"")]
    [InlineData("[environment().name]", "\"AzureCloud\"")]
    [InlineData("[environment().suffixes.storage]", "\"core.windows.net\"")]
    [InlineData("[providers('microsoft.compute', 'Disks').apiVersions[0]]", "\"2023-04-02\"")]
    [InlineData("[resourceId('Microsoft.Compute/disks', 'd')]", "\"" + Group + "/providers/Microsoft.Compute/disks/d\"")]
    [InlineData(
        "[resourceId('other', 'Microsoft.Network/virtualNetworks/subnets', 'v', 's')]",
        "\"/subscriptions/s/resourceGroups/other/providers/Microsoft.Network/virtualNetworks/v/subnets/s\"")]
    [InlineData("[coalesce(null(), 'x')]", "\"x\"")]
    [InlineData("[range(3, 2)]", "[3,4]")]
    [InlineData("[union(createObject('a', 1), createObject('b', 2))]", """{"a":1,"b":2}""")]
    public void Expressions_have_values(string expression, string expected) =>
        Assert.Equal(expected, JsonText.Compact(new TemplateEvaluator(s_scope).Text(expression)!));

    [Theory]
    [InlineData(
        "[parameters('none')]",
        "The template parameter 'none' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.")]
    [InlineData(
        "[variables('none')]",
        "The template variable 'none' is not found. Please see https://aka.ms/arm-syntax-variables for usage details.")]
    [InlineData(
        "[parameters('map').nothing]",
        "The language expression property 'nothing' doesn't exist, available properties are 'Key'.")]
    [InlineData(
        "[nothing()]",
        "The template function 'nothing' is not valid. Please see https://aka.ms/arm-functions for usage details.")]
    [InlineData(
        "[concat('a'",
        "Unable to parse language expression 'concat('a'': expected token 'RightParenthesis' and actual 'EndOfData'.")]
    [InlineData(
        "[toLower(1)]",
        "The template language function 'toLower' expects its parameter to be of type 'String'. The provided value is of type " +
        "'Integer'. Please see https://aka.ms/arm-functions#tolower for usage details.")]
    [InlineData(
        "[resourceId('Microsoft.Compute/disks')]",
        "Unable to evaluate template language function 'resourceId': the type 'Microsoft.Compute/disks' requires '1' resource " +
        "name argument(s). Please see https://aka.ms/arm-resource-functions#resourceid for usage details.")]
    public void Wrong_expressions_say_what_is_wrong(string expression, string message)
    {
        string text = expression.EndsWith(']') ? expression : $"{expression}]";
        Assert.Equal(message, Assert.Throws<TemplateException>(() => new TemplateEvaluator(s_scope).Text(text)).Message);
    }

    [Fact]
    public void A_variable_that_refers_to_itself_is_refused() =>
        Assert.Throws<TemplateException>(() => new TemplateEvaluator(s_scope).Text("[variables('loop')]"));

    [Fact]
    public void The_index_of_a_loop_is_known_inside_it_only()
    {
        Assert.Throws<TemplateException>(() => new TemplateEvaluator(s_scope).Text("[copyIndex()]"));
        TemplateScope loop = s_scope.Within("vms", 4, isResource: true);
        Assert.Equal("5", new TemplateEvaluator(loop).Text("[copyIndex(1)]")!.ToJsonString());
        Assert.Equal("4", new TemplateEvaluator(loop).Text("[copyIndex('vms')]")!.ToJsonString());
    }

    [Fact]
    public void Reference_waits_for_the_deployment() =>
        Assert.Throws<RuntimeOnlyException>(() => new TemplateEvaluator(s_scope).Text("[reference('vm').vmId]"));

    [Fact]
    public void A_unique_string_has_13_characters_and_is_the_same_each_time()
    {
        string first = new TemplateEvaluator(s_scope).Text("[uniqueString(resourceGroup().id)]")!.GetValue<string>();
        Assert.Matches("^[a-z2-7]{13}$", first);
        Assert.Equal(first, new TemplateEvaluator(s_scope).Text("[uniqueString(resourceGroup().id)]")!.GetValue<string>());
        Assert.NotEqual(first, new TemplateEvaluator(s_scope).Text("[uniqueString('other')]")!.GetValue<string>());
    }

    private static JsonObject Parse(string text) => (JsonObject)JsonText.Parse(text)!;
}
