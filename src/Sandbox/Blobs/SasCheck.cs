using System.Globalization;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Checks a shared access signature of an account or of a container or blob.</summary>
internal static class SasCheck
{
    private static readonly string[] s_formats =
        ["yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.fffffffZ", "yyyy-MM-ddTHH:mmZ", "yyyy-MM-dd"];

    /// <summary>Refuses a request whose signature is wrong, is out of time, or does not allow what is asked.</summary>
    /// <param name="request">The request, with a <c>sig</c> in its query.</param>
    /// <param name="keys">Keys of the account.</param>
    /// <param name="operation">What is asked.</param>
    /// <returns>When the signature ends.</returns>
    public static DateTimeOffset? Check(BlobRequest request, IEnumerable<byte[]> keys, BlobOperation operation)
    {
        bool account = request.Query["ss"] is not null;
        string text = account
            ? SasSigner.AccountText(name => request.Query[name], request.Address.Account)
            : SasSigner.ServiceText(name => request.Query[name], Resource(request));
        if (!keys.Any(key => SasSigner.Sign(key, text) == request.Query["sig"]))
            throw BlobErrors.AuthenticationFailed($"Signature did not match. String to sign used was {text}");
        DateTimeOffset expiry = CheckTime(request);
        if (account)
            CheckAccount(request, operation);
        else
            CheckService(request, operation);
        if (!Allows(request, operation)) throw BlobErrors.PermissionMismatch();
        return expiry;
    }

    private static DateTimeOffset CheckTime(BlobRequest request)
    {
        DateTimeOffset expiry = Time(request.Query["se"]) ?? throw BlobErrors.AuthenticationFailed("se is mandatory. Cannot be empty");
        DateTimeOffset? start = Time(request.Query["st"]);
        if (request.Now >= expiry || start > request.Now) throw BlobErrors.OutsideTime(start, expiry, request.Now);
        return expiry;
    }

    private static void CheckAccount(BlobRequest request, BlobOperation operation)
    {
        if (!Has(request.Query["ss"], 'b')) throw BlobErrors.ServiceMismatch();
        if (!Has(request.Query["srt"], operation.Level)) throw BlobErrors.ResourceTypeMismatch();
    }

    private static void CheckService(BlobRequest request, BlobOperation operation)
    {
        // A signature for a blob says nothing about its container; one for a container covers its blobs and their list only.
        bool fits = request.Query["sr"] == "c" ? operation.Level == 'o' || operation.Permission == 'l' : operation.Level == 'o';
        if (!fits) throw BlobErrors.AuthorizationFailure();
    }

    // Whoever may write may also create; a signature that only creates may not replace.
    private static bool Allows(BlobRequest request, BlobOperation operation)
    {
        string? granted = request.Query["sp"];
        return Has(granted, operation.Permission) || (operation.Creates && Has(granted, 'c') && !Exists(request));
    }

    private static bool Exists(BlobRequest request) => request.Address is { Container: { } container, Blob: { } blob } &&
        request.World.Blobs.Find(request.Address.Account, container, blob) is not null;

    private static string Resource(BlobRequest request)
    {
        BlobAddress address = request.Address;
        return request.Query["sr"] == "c" ? $"/blob/{address.Account}/{address.Container}" : $"/blob{address.Path}";
    }

    private static bool Has(string? letters, char letter) => letters is not null && letters.IndexOf(letter) >= 0;

    private static DateTimeOffset? Time(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, utc, out DateTimeOffset time)
            ? time
            : throw BlobErrors.AuthenticationFailed($"Signature fields not well formed. ({text})");
    }
}
