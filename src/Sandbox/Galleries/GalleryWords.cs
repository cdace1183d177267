using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Words out of a fixed list; clients write them in any casing, the service shows its own.</summary>
internal static class GalleryWords
{
    /// <summary>A word out of a list, in Azure's casing whatever the request's.</summary>
    /// <param name="owner">Object with the property.</param>
    /// <param name="name">Property.</param>
    /// <param name="parameter">Its full name, as error texts show it.</param>
    /// <param name="words">All words.</param>
    /// <returns>Null when the property is missing or null.</returns>
    /// <exception cref="Errors.ArmException">400 InvalidParameter: another word.</exception>
    public static string? Read(JsonNode? owner, string name, string parameter, params string[] words)
    {
        if (owner.At(name) is null) return null;
        string? sent = owner.Text(name);
        return Array.Find(words, word => string.Equals(word, sent, StringComparison.OrdinalIgnoreCase))
            ?? throw ComputeErrors.Invalid(parameter);
    }
}
