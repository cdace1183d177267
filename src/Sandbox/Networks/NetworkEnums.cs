using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Words out of a fixed list; clients write them in any casing, Network shows its own.</summary>
internal static class NetworkEnums
{
    private const string Contract = "Microsoft.WindowsAzure.Networking.Nrp.Frontend.Contract.Csm.Public.";

    /// <summary>The word of a property in Network's casing.</summary>
    /// <param name="context">The request.</param>
    /// <param name="owner">Object with the property.</param>
    /// <param name="name">Property.</param>
    /// <param name="path">Path of the property in the body.</param>
    /// <param name="type">Name of the type in Network's contract, as error texts show it.</param>
    /// <param name="words">All words.</param>
    /// <returns>The word; null when the property is missing or null.</returns>
    /// <exception cref="Errors.ArmException">400 InvalidRequestFormat: another word.</exception>
    public static string? Read(
        RequestContext context, JsonNode? owner, string name, string path, string type, params string[] words)
    {
        if (owner.Text(name) is not { } sent) return null;
        string? known = words.FirstOrDefault(word => string.Equals(word, sent, StringComparison.OrdinalIgnoreCase));
        if (known is not null) return known;
        TextPosition position = TextPosition.Of(context.Request.Body, sent);
        throw NetworkErrors.InvalidRequestFormat(
            "InvalidJson",
            $"Error converting value \"{sent}\" to type '{Contract}{type}'. Path '{path}', " +
            $"line {position.Line}, position {position.Column}.");
    }
}
