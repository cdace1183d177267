using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Copying;

/// <summary>What of a copy's ways there is between two sessions.</summary>
internal static class CopyTenants
{
    /// <summary>The engine's side of the session that makes a copy.</summary>
    /// <exception cref="ImageCmdletsException">NotConnected; InvalidArgument: a session of another cloud or sandbox.</exception>
    public static EngineSession Require(Operation operation, ImageCopyTarget target)
    {
        EngineSession here = operation.Session, there = EngineSession.Of(target.TargetSession!);
        if (here.Endpoint == there.Endpoint && here.Sandbox == there.Sandbox)
            return there;

        throw new ImageCmdletsException(ErrorIds.InvalidArgument,
            here.Endpoint == there.Endpoint ? "The two sessions are of two sandboxes, between which nothing travels." : $"The two sessions are of two clouds, '{here.Endpoint.Host}' and '{there.Endpoint.Host}', between which nothing travels.",
            target.TargetSession, here.Endpoint == there.Endpoint ? "Sign in to the same sandbox once more: Connect-ImageSession -SandboxSession." : "Export the disks with Export-ImageSnapshot, and make the image there with New-CustomImage -Path.");
    }

    /// <summary>The way that a copy takes; <c>Auto</c>: what the source's disks allow.</summary>
    public static ImageCopyMethod MethodOf(EngineSession here, EngineSession there, ImageCopyTarget target) => target.Method != ImageCopyMethod.Auto || !AreApart(here, there)
        ? target.Method
        : target.TargetSession is null ? ImageCopyMethod.Gallery : ImageCopyMethod.BlobCopy;

    /// <summary>Refuses a way that leads nowhere.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument.</exception>
    public static void RequireMethod(EngineSession here, EngineSession there, ImageCopyTarget target, bool noWait)
    {
        ImageCopyMethod method = MethodOf(here, there, target);
        if (method == ImageCopyMethod.BlobCopy && noWait)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument,
                "-NoWait is not for the way BlobCopy: this command itself asks the storage service for each piece, and without it nothing goes on.", target.Id, "Leave -NoWait out, or pass -AsJob.");
        }

        if (method is ImageCopyMethod.BlobCopy or ImageCopyMethod.Auto || !AreApart(here, there) || Knows(there, here.TenantId))
            return;

        throw new ImageCmdletsException(ErrorIds.InvalidArgument,
            $"By the way {method} nothing reaches the tenant '{there.TenantId}': the session there has no token for the source's tenant '{here.TenantId}'.", target.Id,
            $"Leave -Method out, or pass -Method BlobCopy; or, where one sign-in is known in both tenants, make the session with 'Connect-ImageSession -Tenant {there.TenantId} -AuxiliaryTenantId {here.TenantId}'.");
    }

    private static bool AreApart(EngineSession here, EngineSession there) => here != there && !EngineSession.SameTenant(here.TenantId, there.TenantId);

    private static bool Knows(EngineSession session, string? tenant) => session.AuxiliaryTenantId.Any(known => EngineSession.SameTenant(known, tenant));
}
