using System.Text.Json;

namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>Who can sign in, and as whom: accounts of a file with rights of their own, and the owner under all other names.</summary>
internal sealed class AccountList
{
    private static readonly JsonSerializerOptions s_form = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Dictionary<string, SandboxAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);

    private AccountList(IEnumerable<SandboxAccount> accounts)
    {
        foreach (SandboxAccount account in accounts) _accounts.Add(account.Name, account);
    }

    /// <summary>Reads a file: an array of objects with <c>name</c>, <c>secret</c> and <c>objectId</c>.</summary>
    /// <param name="path">The file; null: everybody is the owner.</param>
    /// <exception cref="InvalidDataException">The file has another form, or names an account twice.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AccountList Read(string? path)
    {
        if (path is null) return new AccountList([]);
        try
        {
            SandboxAccount?[] accounts = JsonSerializer.Deserialize<SandboxAccount?[]>(File.ReadAllBytes(path), s_form) ?? [];
            return new AccountList(accounts.Select(account => account is { Name.Length: > 0 } && Guid.TryParse(account.ObjectId, out _)
                ? account
                : throw new InvalidDataException($"'{path}' is no list of accounts: each has a name and an objectId, which is a GUID.")));
        }
        catch (Exception cause) when (cause is JsonException or ArgumentException)
        {
            // The text of the cause might show a secret.
            throw new InvalidDataException($"'{path}' is no list of accounts with names of their own: [{{\"name\", \"secret\", \"objectId\"}}].");
        }
    }

    /// <summary>The account of a name.</summary>
    public SandboxAccount Find(string name) => _accounts.TryGetValue(name, out SandboxAccount? account) ? account : SandboxAccount.Owner(name);

    /// <summary>Signs an application in.</summary>
    /// <exception cref="SignInException">The secret is another.</exception>
    public SandboxAccount SignInApplication(string clientId, string? secret)
    {
        SandboxAccount account = Find(clientId);
        if (account.Secret is not null && account.Secret != secret) throw SignInException.BadSecret(clientId);
        return account;
    }

    /// <summary>Signs a user in.</summary>
    /// <exception cref="SignInException">The password is another.</exception>
    public SandboxAccount SignInUser(string name, string password)
    {
        SandboxAccount account = Find(name);
        if (account.Secret is not null && account.Secret != password) throw SignInException.BadPassword();
        return account;
    }
}
