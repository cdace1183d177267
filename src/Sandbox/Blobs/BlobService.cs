using System.Globalization;
using ImageCmdlets.Sandbox.Faults;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Storage;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>The data plane: blobs of storage accounts, and managed disks behind their signatures.</summary>
internal sealed class BlobService(SandboxWorld world, IReadOnlyList<SandboxFault> faults)
{
    /// <summary>What an address names; null when it is none of the blob service.</summary>
    public BlobAddress? Resolve(Uri uri) => BlobAddress.TryParse(uri, name => StorageAccounts.Find(world, name) is not null);

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="address">What it names.</param>
    /// <param name="counted">Told the method and what it works on.</param>
    /// <exception cref="SandboxConnectionException">No account of that name exists, or a fault cut the connection.</exception>
    public SandboxResponse Send(SandboxRequest request, BlobAddress address, Action<string> counted)
    {
        counted($"{request.Method} blobs");
        ResourceEntry? account = address.IsDisk ? null : StorageAccounts.Find(world, address.Account);
        // The name of an account that does not exist is known to no name server.
        if (account is null && !address.IsDisk) throw new SandboxConnectionException();
        var question = new BlobRequest(world, request, address, account);
        string id = world.RequestIds.NextGuid($"blob|{request.Method}|{address.Path}");
        SandboxFault? fault = null;
        BlobAnswer answer;
        try
        {
            BlobOperation? operation = BlobOperations.Find(question);
            fault = FaultPlan.Choose(world, faults, new FaultTarget(request.Method, address.Path, operation?.Name, null, () => account?.Location));
            BlobFaults.StrikeBefore(fault, question);
            if (request.IsBodyTooLarge) throw BlobErrors.BodyTooLarge(SandboxRequest.LargestBody);
            answer = Handle(question, operation ?? throw BlobErrors.UnsupportedVerb());
            BlobFaults.StrikeAfter(fault, question);
        }
        catch (BlobException refusal)
        {
            answer = BlobAnswer.Of(refusal, id, world.Now);
        }

        return Finish(question, answer, fault, id);
    }

    private static BlobAnswer Handle(BlobRequest request, BlobOperation operation)
    {
        // The signature of a disk is checked where its pages are opened.
        if (!request.Address.IsDisk)
            BlobAuthorization.Check(request, operation);
        else if (!operation.OnDisks)
            throw BlobErrors.PermissionMismatch();
        return operation.Handler(request);
    }

    private static SandboxResponse Finish(BlobRequest request, BlobAnswer answer, SandboxFault? fault, string id)
    {
        byte[] body = FaultPlan.Spoil(fault, answer.Body);
        bool silent = request.Request.Method == "HEAD" || answer.Status is 304 or 204;
        var headers = new List<KeyValuePair<string, string>>();
        void Add(string name, string value) => headers.Add(new KeyValuePair<string, string>(name, value));
        long length = answer.Length ?? (silent ? 0 : body.Length);
        if (answer.Status != 204) Add("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        // A refusal that may have no body tells of none: clients that see the type of one read it (the Azure SDK for .NET).
        bool isBare = silent && answer.Status >= 400;
        headers.AddRange(answer.Headers.Where(header => !isBare || header.Key != "Content-Type"));
        Add("Server", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0");
        Add("x-ms-request-id", id);
        Add("x-ms-version", request.Version);
        if (request["x-ms-client-request-id"] is { } client) Add("x-ms-client-request-id", client);
        Add("Date", ArmTime.Http(request.Now));
        TimeSpan delay = fault?.Effect == SandboxFaultEffect.SlowAnswer ? fault.Delay : TimeSpan.Zero;
        return new SandboxResponse(answer.Status, headers, silent ? [] : body) { Delay = delay };
    }
}
