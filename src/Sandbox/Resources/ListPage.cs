using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>
/// The page of a list that a request asks for. The token of the next page names the last item of this one, so that what is added
/// or deleted between two pages neither doubles nor hides another item.
/// </summary>
internal sealed class ListPage
{
    private const string TokenName = "$skiptoken";

    // The front end's own pages are never longer (documented for lists of resources).
    private const int Longest = 1000;

    private readonly RequestContext _context;
    private readonly int _size;

    private ListPage(RequestContext context, string? after, int size)
    {
        _context = context;
        _size = size;
        After = after;
    }

    /// <summary>What the token names: the page begins behind it. Null on the first page.</summary>
    public string? After { get; }

    /// <summary>Reads the page from the query.</summary>
    /// <param name="context">The request.</param>
    /// <param name="takesTop">Whether the list takes <c>$top</c>: the length of each page, not of the whole (observed by users of the SDKs).</param>
    /// <exception cref="ArmException">400, for a token that was never given out or a length that is none (codes are assumptions).</exception>
    public static ListPage Of(RequestContext context, bool takesTop = false)
    {
        int size = context.World.Options.PageSize;
        if (takesTop && context.Query["$top"] is { Length: > 0 } top)
        {
            if (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size == 0)
                throw GatewayErrors.Gateway(400, "InvalidTopInQueryString", $"Invalid $top '{top}' specified in the query string.");
            size = Math.Min(size, Longest);
        }

        return new ListPage(context, context.Query[TokenName] is { Length: > 0 } token ? Decode(token) : null, size);
    }

    /// <summary>The page of resources.</summary>
    /// <param name="entries">The resources behind <see cref="After"/>, ordered by id; no more of them than needed are looked at.</param>
    /// <param name="show">What the list shows of one.</param>
    public JsonObject Fill(IEnumerable<ResourceEntry> entries, Func<ResourceEntry, JsonNode> show)
    {
        // One more than the page has tells whether there is another.
        ResourceEntry[] found = [.. entries.Take(_size + 1)];
        ResourceEntry[] shown = [.. found.Take(_size)];
        return Write(shown.Select(show), found.Length > _size ? shown[^1].Id : null);
    }

    /// <summary>The page of what is no resource, or not ordered by id: it begins at a number.</summary>
    public JsonObject Fill<T>(IReadOnlyList<T> items, Func<T, JsonNode> show)
    {
        int start = After is null ? 0 : Number(After);
        return Write(items.Skip(start).Take(_size).Select(show), start + _size < items.Count ? $"#{start + _size}" : null);
    }

    private JsonObject Write(IEnumerable<JsonNode> items, string? last)
    {
        var page = new JsonObject { ["value"] = new JsonArray([.. items]) };
        if (last is null) return page;
        string path = _context.Request.Uri.GetLeftPart(UriPartial.Path);
        page["nextLink"] = path + _context.Query.With(TokenName, OperationAddress.Base64Url(Encoding.UTF8.GetBytes(last)));
        return page;
    }

    private static int Number(string after) =>
        after[0] == '#' && int.TryParse(after.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Invalid(after);

    private static string Decode(string token)
    {
        try
        {
            string text = token.Replace('-', '+').Replace('_', '/');
            string last = Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
            return last.Length > 1 && (last[0] is '/' or '#') ? last : throw Invalid(token);
        }
        catch (FormatException)
        {
            throw Invalid(token);
        }
    }

    private static ArmException Invalid(string token) =>
        GatewayErrors.Gateway(400, "InvalidSkipTokenInQueryString", $"Invalid $skiptoken '{token}' specified in the query string.");
}
