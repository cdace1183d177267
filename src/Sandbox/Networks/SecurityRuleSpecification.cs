using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>A rule of a security group as a body asks for it, or as it is.</summary>
/// <param name="Name">Name in its group.</param>
/// <param name="Properties">As a GET shows them.</param>
internal sealed record SecurityRuleSpecification(string Name, JsonObject Properties)
{
    private const int LowestPriority = 100;
    private const int HighestPriority = 4096;

    private static readonly string[] s_lists =
        ["sourcePortRanges", "destinationPortRanges", "sourceAddressPrefixes", "destinationAddressPrefixes"];

    private static readonly Regex s_serviceTag = new("^[A-Za-z][A-Za-z0-9.]*$", RegexOptions.CultureInvariant);

    /// <summary>Reads a rule of a body.</summary>
    /// <exception cref="ArmException">
    /// 400 InvalidRequestFormat, SecurityRuleInvalidPriority, SecurityRuleInvalidPortRange or SecurityRuleInvalidAddressPrefix.
    /// </exception>
    public static SecurityRuleSpecification Read(RequestContext context, string name, JsonObject? sent, string path)
    {
        if (!NetworkNames.IsValid(name)) throw NetworkErrors.InvalidResourceName(name);
        sent ??= JsonText.NewObject();
        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Updating";
        if (sent.Text("description") is { } description) properties["description"] = description;
        properties["protocol"] = Word(
            context, sent, "protocol", path, "SecurityRuleProtocol", "Tcp", "Udp", "Icmp", "Esp", "Ah", "*");
        Copy(sent, properties, "sourcePortRange", CheckPorts);
        Copy(sent, properties, "destinationPortRange", CheckPorts);
        Copy(sent, properties, "sourceAddressPrefix", CheckPrefix);
        Copy(sent, properties, "destinationAddressPrefix", CheckPrefix);
        properties["access"] = Word(context, sent, "access", path, "SecurityRuleAccess", "Allow", "Deny");
        properties["priority"] = Priority(sent, path);
        properties["direction"] = Word(context, sent, "direction", path, "SecurityRuleDirection", "Inbound", "Outbound");
        foreach (string list in s_lists) properties[list] = sent.Array(list)?.DeepClone() ?? new JsonArray();
        return new SecurityRuleSpecification(name, properties);
    }

    /// <summary>The rule that is there.</summary>
    public static SecurityRuleSpecification Of(ResourceEntry rule) => new(rule.Name, rule.Properties);

    /// <summary>Refuses rules that share priority and direction.</summary>
    /// <exception cref="ArmException">400 SecurityRuleConflict.</exception>
    public static void Check(IReadOnlyList<SecurityRuleSpecification> rules)
    {
        for (int i = 1; i < rules.Count; i++)
        {
            SecurityRuleSpecification? other = rules.Take(i).FirstOrDefault(rule => rule.Conflicts(rules[i]));
            if (other is not null)
            {
                throw NetworkErrors.Refuse(
                    "SecurityRuleConflict",
                    $"Security rule {rules[i].Name} conflicts with rule {other.Name}. " +
                    "Rules cannot have the same Priority and Direction.");
            }
        }
    }

    private bool Conflicts(SecurityRuleSpecification other) =>
        Properties.Number("priority") == other.Properties.Number("priority") &&
        Properties.Text("direction") == other.Properties.Text("direction");

    private static string Word(
        RequestContext context, JsonObject sent, string name, string path, string type, params string[] words) =>
        NetworkEnums.Read(context, sent, name, $"{path}.{name}", type, words) ?? throw NetworkErrors.MissingProperty(name, path);

    private static long Priority(JsonObject sent, string path)
    {
        long priority = sent.Number("priority") ?? throw NetworkErrors.MissingProperty("priority", path);
        return priority is >= LowestPriority and <= HighestPriority
            ? priority
            : throw NetworkErrors.Refuse(
                "SecurityRuleInvalidPriority",
                $"Security rule has invalid Priority. Value provided: {priority} " +
                $"Allowed range: {LowestPriority}-{HighestPriority}.");
    }

    private static void Copy(JsonObject sent, JsonObject properties, string name, Action<string> check)
    {
        foreach (JsonNode? item in sent.Array($"{name}s") ?? []) check(item?.ToString() ?? string.Empty);
        // Rules written by scripts carry ports as numbers, too.
        if (sent[name] is not JsonValue value) return;
        check(value.ToString());
        properties[name] = value.ToString();
    }

    private static void CheckPorts(string ports)
    {
        string[] ends = ports.Split('-');
        bool valid = ports == "*" || (ends.Length <= 2 && Array.TrueForAll(ends, static end =>
            ushort.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _)));
        if (valid) return;
        throw NetworkErrors.Refuse(
            "SecurityRuleInvalidPortRange",
            $"Security rule has invalid Port range. Value provided: {ports}. " +
            "Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.");
    }

    private static void CheckPrefix(string prefix)
    {
        bool valid = prefix == "*" || s_serviceTag.IsMatch(prefix) || Cidr.TryParse(prefix) is not null ||
            Cidr.ParseAddress(prefix) is not null || prefix.IndexOf(':') >= 0;
        if (valid) return;
        throw NetworkErrors.Refuse(
            "SecurityRuleInvalidAddressPrefix", $"Security rule has invalid Address prefix. Value provided: {prefix}");
    }
}
