using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>
/// Resource Graph: queries over the resources of many subscriptions. Headers and paging are those of the recorded sessions of
/// Search-AzGraph and of the articles "Working with large data sets" and "Guidance for throttled requests".
/// </summary>
internal sealed class GraphSubject : IResourceSubject
{
    private const int LargestPage = 1000;

    private static readonly string[] s_versions = ["2024-04-01", "2022-10-01", "2021-03-01", "2020-04-01-preview", "2019-04-01", "2018-09-01-preview"];

    // "A user can send at most 15 queries within every 5-second window without being throttled."
    private static readonly RateLimitBucket s_quota = new("user-quota", 15, TimeSpan.FromSeconds(5));

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType("Microsoft.ResourceGraph", "resources", s_versions) { Tracked = false, NeedsLocation = false });
        registry.Map("POST", "/providers/Microsoft.ResourceGraph/resources", "Resources", type, Answer);
    }

    private static ArmResponse Answer(RequestContext context)
    {
        RateLimitWindow window = context.World.RateLimits.Count(s_quota, context.Caller.ObjectId);
        int remaining = Math.Max(0, s_quota.Limit - window.Used);
        TimeSpan rest = window.End - context.Now;
        if (context.World.RateLimits.Enforced && window.Used > s_quota.Limit) throw GraphErrors.TooMany((int)Math.Ceiling(rest.TotalSeconds));
        ArmResponse answer = ArmResponse.Ok(Run(context));
        string left = remaining.ToString(CultureInfo.InvariantCulture);
        return answer.With("x-ms-user-quota-resets-after", rest.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture))
            .With("x-ms-user-quota-remaining", left)
            .With("x-ms-ratelimit-remaining-tenant-resource-requests", left);
    }

    private static JsonObject Run(RequestContext context)
    {
        if (context.Body.Text("query") is not { } text) throw GraphErrors.Parser(0, "<EOF>");
        var query = GraphQuery.Read(text);
        JsonObject? options = context.Body.Object("options");
        (int skip, int top) = Page(options);
        JsonObject[] rows = [.. query.Run(GraphTables.Rows(context.World, query.Table, Subscriptions(context), context.Caller))];
        JsonObject[] shown = [.. rows.Skip(skip).Take(top)];
        bool isMore = skip + shown.Length < rows.Length;
        var body = new JsonObject
        {
            ["totalRecords"] = rows.Length,
            ["count"] = shown.Length,
            ["data"] = options.Text("resultFormat") is { } format && string.Equals(format, "table", StringComparison.OrdinalIgnoreCase)
                ? Table(query, shown)
                : new JsonArray([.. shown]),
            ["facets"] = new JsonArray(),
            // With a limit of its own the query cannot be paged: what does not fit is lost, and only this says so.
            ["resultTruncated"] = isMore && query.IsLimited ? "true" : "false",
        };
        if (isMore && !query.IsLimited) body["$skipToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{skip + shown.Length};{top}"));
        return body;
    }

    // The options' own numbers take precedence over those of the token (specification).
    private static (int Skip, int Top) Page(JsonObject? options)
    {
        (int skip, int top) = options.Text("$skipToken") is { } token ? Decode(token) : (0, LargestPage);
        if (options?["$skip"] is not null) skip = options.Number("$skip") is >= 0 and <= int.MaxValue and { } from ? (int)from : throw GraphErrors.Option("$skip");
        if (options?["$top"] is not null) top = options.Number("$top") is >= 1 and <= LargestPage and { } most ? (int)most : throw GraphErrors.Option("$top");
        return (skip, top);
    }

    private static (int Skip, int Top) Decode(string token)
    {
        try
        {
            string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split(';');
            if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int skip) &&
                int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int top) && top is > 0 and <= LargestPage)
            {
                return (skip, top);
            }
        }
        catch (FormatException)
        {
            // Refused below.
        }

        throw GraphErrors.Option("$skipToken");
    }

    // Of those asked about only the caller's own count; without any, all of the caller's directory that it sees.
    private static ResourceEntry[] Subscriptions(RequestContext context)
    {
        ResourceEntry[] seen =
        [
            .. context.World.Store.OfType(ResourceStore.SubscriptionType).Where(entry =>
                RoleAccess.TenantOf(context.World, entry.Id) == context.Caller.TenantId && RoleAccess.HasAny(context.World, context.Caller, entry.SubscriptionId)),
        ];
        string[] asked = [.. context.Body.Array("subscriptions")?.Select(QueryValue.Text) ?? []];
        if (asked.Length > 0) seen = [.. seen.Where(entry => asked.Contains(entry.SubscriptionId, StringComparer.OrdinalIgnoreCase))];
        return seen.Length > 0 ? seen : throw GraphErrors.NoSubscription(asked);
    }

    private static JsonObject Table(GraphQuery query, JsonObject[] rows) => new()
    {
        ["columns"] = new JsonArray([.. query.Columns.Select(name => (JsonNode)new JsonObject { ["name"] = name, ["type"] = KindOf(rows, name) })]),
        ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonArray([.. query.Columns.Select(name => row[name]?.DeepClone())]))]),
    };

    private static string KindOf(JsonObject[] rows, string column) => rows.Select(row => row[column]).FirstOrDefault(static value => value is not null)?.GetValueKind() switch
    {
        JsonValueKind.Number => "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Object or JsonValueKind.Array => "object",
        _ => "string",
    };
}
