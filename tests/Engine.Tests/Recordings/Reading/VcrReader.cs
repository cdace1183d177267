using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Reads VCR yaml: <c>interactions[].request</c> and <c>.response</c>, which stand in the order of time.</summary>
/// <remarks>azure-cli's recorder strips <c>x-ms-request-id</c>, <c>Retry-After</c> and their like from every answer.</remarks>
internal static class VcrReader
{
    public static IReadOnlyList<RecordedExchange> Read(string path)
    {
        var yaml = new YamlStream();
        using (var reader = new StreamReader(path))
            yaml.Load(reader);

        return Child(yaml.Documents[0].RootNode, "interactions") is YamlSequenceNode interactions
            ? [.. interactions.Select((interaction, index) => ReadExchange(interaction, index))]
            : [];
    }

    private static RecordedExchange ReadExchange(YamlNode interaction, int index)
    {
        YamlNode request = Child(interaction, "request")!;
        YamlNode response = Child(interaction, "response")!;
        string status = Text(Child(Child(response, "status"), "code"));
        return new RecordedExchange(
            index,
            Text(Child(request, "method")).ToUpperInvariant(),
            new Uri(Text(Child(request, "uri"))),
            ReadBody(Child(request, "body")),
            int.Parse(status, CultureInfo.InvariantCulture),
            [.. ReadHeaders(Child(response, "headers"))],
            ReadBody(Child(response, "body")));
    }

    // A body is text, or a mapping with the text under "string".
    private static string ReadBody(YamlNode? body) => Text(body is YamlMappingNode ? Child(body, "string") : body);

    private static IEnumerable<RecordedHeader> ReadHeaders(YamlNode? headers)
    {
        if (headers is not YamlMappingNode mapping)
            yield break;

        foreach ((YamlNode name, YamlNode value) in mapping)
        {
            string text = value is YamlSequenceNode values ? string.Join(", ", values.Select(Text)) : Text(value);
            yield return new RecordedHeader(Text(name), text);
        }
    }

    private static string Text(YamlNode? node)
    {
        if (node is not YamlScalarNode { Value: { } value } scalar)
            return string.Empty;

        if (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:binary")
            return Encoding.UTF8.GetString(Convert.FromBase64String(value));

        bool isNull = scalar.Style == ScalarStyle.Plain && value is "null" or "~";
        return isNull ? string.Empty : value;
    }

    private static YamlNode? Child(YamlNode? node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? child) ? child : null;
}
