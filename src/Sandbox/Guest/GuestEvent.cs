using System.Globalization;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Guest;

/// <summary>Something that is due in a running guest and can be saved with it.</summary>
/// <param name="Kind">What will happen.</param>
/// <param name="Due">When, in the sandbox's time.</param>
/// <param name="Text">What the kind needs: a script, a command line.</param>
internal sealed record GuestEvent(GuestEventKind Kind, DateTimeOffset Due, string? Text)
{
    public JsonObject Save() => new()
    {
        ["kind"] = Kind.ToString(),
        ["due"] = Due.ToString("O", CultureInfo.InvariantCulture),
        ["text"] = Text,
    };

    public static GuestEvent Load(JsonObject saved) => new(
        (GuestEventKind)Enum.Parse(typeof(GuestEventKind), saved["kind"]!.GetValue<string>()),
        DateTimeOffset.Parse(saved["due"]!.GetValue<string>(), CultureInfo.InvariantCulture),
        (string?)saved["text"]);

    /// <summary>The text may be a script, which no log shows.</summary>
    public override string ToString() => $"{Kind} at {Due:O}";
}
