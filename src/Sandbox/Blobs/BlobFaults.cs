using ImageCmdlets.Sandbox.Faults;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>What a fault does to a request of the blob service: the same as to one of ARM, in this service's own words.</summary>
internal static class BlobFaults
{
    /// <summary>Throws what the request meets before it has had any effect.</summary>
    public static void StrikeBefore(SandboxFault? fault, BlobRequest request)
    {
        if (fault is not null && !fault.AfterEffect) Throw(fault, request);
    }

    /// <summary>Throws what the request meets after its effect.</summary>
    public static void StrikeAfter(SandboxFault? fault, BlobRequest request)
    {
        if (fault is null) return;
        if (fault.Effect is SandboxFaultEffect.CopyStall or SandboxFaultEffect.CopyFailure)
            BlobCopies.Spoil(request, CopyFault.Of(fault));
        else if (fault.AfterEffect)
            Throw(fault, request);
    }

    private static void Throw(SandboxFault fault, BlobRequest request)
    {
        switch (fault.Effect)
        {
            case SandboxFaultEffect.ConnectionReset:
                throw new SandboxConnectionException();
            case SandboxFaultEffect.Error:
                throw new BlobException(fault.Status, fault.Code, fault.Message) { Headers = fault.Headers, RawText = fault.Body };
            case SandboxFaultEffect.ExpiredToken:
                throw BlobErrors.OutsideTime(null, request.Now.AddMinutes(-1), request.Now);
            case SandboxFaultEffect.Forbidden:
                throw BlobErrors.PermissionMismatch();
        }
    }
}
