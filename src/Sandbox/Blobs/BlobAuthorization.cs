using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Storage;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Who may do what with the blobs of a storage account: by signature, by key, by token, or as a stranger.</summary>
internal static class BlobAuthorization
{
    private const string SharedKeyScheme = "SharedKey ";

    /// <summary>Refuses a request that is not authorized.</summary>
    /// <returns>When the authorization ends; null when it does not, as far as the service can know.</returns>
    public static DateTimeOffset? Check(BlobRequest request, BlobOperation operation)
    {
        ResourceEntry account = request.Account!;
        if (request.Query["sig"] is not null)
        {
            CheckKeys(account);
            return SasCheck.Check(request, StorageKeys.All(request.World, account), operation);
        }

        string? header = request["Authorization"];
        if (header is null)
            CheckStranger(request, account, operation);
        else if (header.StartsWith(SharedKeyScheme, StringComparison.OrdinalIgnoreCase))
            CheckSharedKey(request, account, header.Substring(SharedKeyScheme.Length));
        else
            CheckToken(request, account, operation);
        return null;
    }

    private static void CheckKeys(ResourceEntry account)
    {
        if (account.Properties.Flag("allowSharedKeyAccess") == false) throw BlobErrors.KeysNotPermitted();
    }

    private static void CheckSharedKey(BlobRequest request, ResourceEntry account, string credential)
    {
        CheckKeys(account);
        string[] parts = credential.Split([':'], 2);
        if (parts.Length < 2 || parts[0] != account.Name) throw BlobErrors.AuthenticationFailed("The account of the key is another one.");
        string text = SharedKey.Text(request);
        if (!StorageKeys.All(request.World, account).Any(key => SasSigner.Sign(key, text) == parts[1].Trim()))
        {
            throw BlobErrors.AuthenticationFailed(
                $"The MAC signature found in the HTTP request '{parts[1]}' is not the same as any computed signature. " +
                $"Server used following string to sign: '{text}'.");
        }
    }

    private static void CheckToken(BlobRequest request, ResourceEntry account, BlobOperation operation)
    {
        try
        {
            Authentication.Check(request.Request, ArmSandbox.Tenant, request.Now);
        }
        catch (ArmException refusal)
        {
            throw new BlobException(refusal.Status, "InvalidAuthenticationInfo", refusal.Error.Message);
        }

        var caller = Caller.Of(request["Authorization"]!);
        string verb = operation.Permission switch { 'r' or 'l' => "read", 'd' => "delete", _ => "write" };
        string action = $"{StorageTypes.Container}/{(operation.Level == 'o' ? "blobs/" : string.Empty)}{verb}";
        bool allowed = RoleAccess.IsOwner(caller) ||
            RoleAccess.Roles(request.World, caller, account.Id).Any(role => role.AllowsData(action));
        if (!allowed) throw BlobErrors.PermissionMismatch();
    }

    private static void CheckStranger(BlobRequest request, ResourceEntry account, BlobOperation operation)
    {
        if (account.Properties.Flag("allowBlobPublicAccess") != true) throw BlobErrors.PublicAccessNotPermitted();
        string? access = request.Address.Container is { } container
            ? BlobContainers.Find(request.World, account, container)?.Properties.Text("publicAccess")
            : null;
        bool allowed = access switch
        {
            "Blob" => operation is { Level: 'o', Permission: 'r' },
            "Container" => operation.Permission is 'r' or 'l',
            _ => false,
        };
        if (!allowed) throw BlobErrors.ResourceNotFound();
    }
}
