using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Arm;

/// <summary>The only door to Azure Resource Manager: raw requests and the SDK's operations, with one way to fail.</summary>
/// <remarks>Every method throws <see cref="ArmOperationException"/> or <see cref="ImageCmdletsException"/>, nothing of the SDK.</remarks>
internal sealed class ArmGateway(EngineSession session, IOperationSink sink)
{
    private const int MostReads = 3;
    private readonly Dictionary<string, object?> _properties = new() { [CallReportingPolicy.SinkProperty] = sink };

    public EngineSession Session => session;

    private ArmWriteRepetition Repetition => new(this, session.Clock, sink);

    /// <summary>GET of a path below the endpoint.</summary>
    public Task<ArmAnswer> GetAsync(string path, string apiVersion, CancellationToken cancellationToken, string? query = null) =>
        SendAsync(RequestMethod.Get, ToUri(path, apiVersion, query), null, path, cancellationToken);

    /// <summary>GET that gives null where there is nothing.</summary>
    public async Task<ArmAnswer?> FindAsync(string path, string apiVersion, CancellationToken cancellationToken, string? query = null)
    {
        try
        {
            return await GetAsync(path, apiVersion, cancellationToken, query).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (exception.Status == 404 && exception.Code != "SubscriptionNotFound")
        {
            return null;
        }
    }

    /// <summary>A write with a JSON body, or none; a long-running operation is only begun.</summary>
    /// <param name="method">What is asked for.</param>
    /// <param name="path">Of the resource, or of an action on it.</param>
    /// <param name="apiVersion">As the type's.</param>
    /// <param name="body">Null: none.</param>
    /// <param name="cancellationToken">Stops waiting for a better connection.</param>
    /// <param name="isOnce">That a resource which is there after a lost answer is the answer.</param>
    public Task<ArmAnswer> SendAsync(RequestMethod method, string path, string apiVersion, JsonNode? body, CancellationToken cancellationToken, bool isOnce = false)
    {
        string resource = method == RequestMethod.Post ? ResourceOf(path) : path;
        return Repetition.RunAsync(resource, isOnce,
            () => SendAsync(method, ToUri(path, apiVersion, null), body, resource, cancellationToken), cancellationToken);
    }

    /// <summary>A POST that asks and changes nothing: as long as it is lost on its way, it is sent again.</summary>
    public Task<ArmAnswer> QueryAsync(string path, string apiVersion, JsonNode body, CancellationToken cancellationToken) =>
        Repetition.RunAsync(resourceId: null, isOnce: false,
            () => SendAsync(RequestMethod.Post, ToUri(path, apiVersion, null), body, null, cancellationToken), cancellationToken);

    /// <summary>GET of an address that Azure gave: a next page, an operation. Followed to the letter, on our endpoint only.</summary>
    public Task<ArmAnswer> FollowAsync(string address, string? resourceId, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme != session.Endpoint.Scheme || uri.Authority != session.Endpoint.Authority)
            throw new ImageCmdletsException(ErrorIds.InvalidResponse, "Azure gave an address outside its own endpoint; it was not followed.", resourceId);

        return SendAsync(RequestMethod.Get, uri, null, resourceId, cancellationToken);
    }

    /// <summary>Hands the items of a list on, page by page, as they come.</summary>
    public async Task ListAsync(string path, string apiVersion, Func<JsonElement, Task> onItem, CancellationToken cancellationToken, string? query = null)
    {
        ArmAnswer page = await GetAsync(path, apiVersion, cancellationToken, query).ConfigureAwait(false);
        while (true)
        {
            IEnumerable<JsonElement> items = page.Body.ValueKind == JsonValueKind.Array ? page.Body.EnumerateArray() : page.Body.Items("value");
            foreach (JsonElement item in items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await onItem(item).ConfigureAwait(false);
            }

            if (page.Body.Text("nextLink") is not { Length: > 0 } next)
                return;

            page = await FollowAsync(next, path, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A long-running operation of the SDK, begun with <see cref="WaitUntil.Started"/> and not waited for.</summary>
    /// <param name="resourceId">The resource that it changes.</param>
    /// <param name="call">Begins it.</param>
    /// <param name="cancellationToken">Stops waiting for a better connection.</param>
    /// <param name="isOnce">That it must not be carried out twice, as a script in the guest.</param>
    public Task<ArmAnswer> BeginAsync<T>(string resourceId, Func<ArmClient, Task<T>> call, CancellationToken cancellationToken, bool isOnce = false)
        where T : Azure.Operation =>
        Repetition.RunAsync(resourceId, isOnce,
            () => CallAsync(resourceId, async client => (await call(client).ConfigureAwait(false)).GetRawResponse()), cancellationToken);

    /// <summary>An operation of the SDK that is over with its answer.</summary>
    public Task<ArmAnswer> InvokeAsync(string resourceId, Func<ArmClient, Task<Response>> call, CancellationToken cancellationToken) =>
        Repetition.RunAsync(resourceId, isOnce: false, () => CallAsync(resourceId, call), cancellationToken);

    private async Task<ArmAnswer> CallAsync(string resourceId, Func<ArmClient, Task<Response>> call)
    {
        using IDisposable scope = HttpPipeline.CreateHttpMessagePropertiesScope(_properties);
        try
        {
            Response response = await call(session.Client).ConfigureAwait(false);
            return new ArmAnswer(response, Parse(response));
        }
        catch (Exception exception) when (ArmFailure.Translate(exception, resourceId) is { } translated)
        {
            throw translated;
        }
    }

    // An answer that was cut off or spoiled on its way says nothing; of a read another one can be had.
    private async Task<ArmAnswer> SendAsync(RequestMethod method, Uri uri, JsonNode? body, string? resourceId, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(method, uri, body, resourceId, cancellationToken).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.InvalidResponse && method == RequestMethod.Get && attempt < MostReads)
            {
                sink.Verbose($"{exception.Message} It is asked for again.");
                await session.Clock.DelayAsync(TimeSpan.FromSeconds(attempt), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ArmAnswer> SendOnceAsync(RequestMethod method, Uri uri, JsonNode? body, string? resourceId, CancellationToken cancellationToken)
    {
        using HttpMessage message = session.Pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(uri);
        message.Request.Headers.Add("Accept", "application/json");
        if (body is not null)
        {
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(body));
        }

        using IDisposable scope = HttpPipeline.CreateHttpMessagePropertiesScope(_properties);
        try
        {
            Response response = await session.Pipeline.SendRequestAsync(message.Request, cancellationToken).ConfigureAwait(false);
            if (response.Status >= 400)
                throw ArmErrorReader.Read(response, resourceId);

            return new ArmAnswer(response, Parse(response)) { IsDeletion = method == RequestMethod.Delete };
        }
        catch (Exception exception) when (ArmFailure.Translate(exception, resourceId) is { } translated)
        {
            throw translated;
        }
    }

    private static JsonElement Parse(Response response)
    {
        ReadOnlyMemory<byte> content = response.ContentStream is null ? default : response.Content.ToMemory();
        if (content.IsEmpty)
            return default;

        using JsonDocument document = JsonDocument.Parse(content);
        return document.RootElement.Clone();
    }

    // An error of an action is about the resource: .../virtualMachines/web01/deallocate.
    private static string ResourceOf(string path)
    {
        string parent = path.Substring(0, path.LastIndexOf('/'));
        return ResourceId.TryParse(path) is null && ResourceId.TryParse(parent) is not null ? parent : path;
    }

    private Uri ToUri(string path, string apiVersion, string? query)
    {
        string root = session.Endpoint.GetLeftPart(UriPartial.Authority);
        return new Uri($"{root}{path}?api-version={apiVersion}{(query is null ? string.Empty : "&" + query)}");
    }
}
