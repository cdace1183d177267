namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>A refusal of the sign-in service, in OAuth's words and Entra's number.</summary>
internal sealed class SignInException(string error, int number, string text) : Exception($"AADSTS{number}: {text}")
{
    /// <summary>OAuth's word: <c>invalid_request</c>.</summary>
    public string Error { get; } = error;

    /// <summary>Entra's number.</summary>
    public int Number { get; } = number;

    /// <summary>A parameter is missing.</summary>
    public static SignInException Missing(string parameter) =>
        new("invalid_request", 900144, $"The request body must contain the following parameter: '{parameter}'.");

    /// <summary>There is no such tenant.</summary>
    public static SignInException NoTenant(string tenant) => new(
        "invalid_request",
        90002,
        $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. " +
        "Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.");

    /// <summary>The grant is none that is served.</summary>
    public static SignInException NoGrant(string grant) =>
        new("unsupported_grant_type", 70003, $"The app requested an unsupported grant type '{grant}'.");

    /// <summary>The grant is malformed.</summary>
    public static SignInException BadGrant() =>
        new("invalid_grant", 9002313, "Invalid request. Request is malformed or invalid.");

    /// <summary>The secret is not the application's.</summary>
    public static SignInException BadSecret(string client) => new(
        "invalid_client",
        7000215,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, " +
        $"for a secret added to app '{client}'.");

    /// <summary>The password is not the user's.</summary>
    public static SignInException BadPassword() =>
        new("invalid_grant", 50126, "Error validating credentials due to invalid username or password.");
}
