using System.Security.Authentication;
using System.Text.Json;
using Azure;
using Azure.Identity;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Turns what the SDK, the token library and the transport throw into the module's own exceptions.</summary>
internal static class ArmFailure
{
    /// <summary>The module's exception for any failure.</summary>
    public static ImageCmdletsException Of(Exception exception, object? target) => exception as ImageCmdletsException
        ?? Translate(exception, target as string)
        ?? new ImageCmdletsException(ErrorIds.UnexpectedFailure, exception.Message, target, null, exception);

    /// <summary>The module's exception, or null for what is to pass unchanged: our own and cancellation.</summary>
    public static ImageCmdletsException? Translate(Exception exception, string? resourceId) => exception switch
    {
        ImageCmdletsException or OperationCanceledException => null,
        ObjectDisposedException => new ImageCmdletsException(ErrorIds.NotConnected, "The session was disconnected while the command ran.", resourceId, null, exception),
        ConnectionException => ConnectionFailed(exception, resourceId),
        RequestFailedException failed when failed.GetRawResponse() is { } response => ArmErrorReader.Read(response, resourceId),
        RequestFailedException => ConnectionFailed(exception, resourceId),
        CredentialUnavailableException or AuthenticationFailedException => AuthenticationFailed(exception, resourceId),
        JsonException or FormatException or InvalidCastException or KeyNotFoundException =>
            new ImageCmdletsException(ErrorIds.InvalidResponse, "Azure's answer could not be read: " + exception.Message, resourceId, null, exception),
        HttpRequestException or IOException => ConnectionFailed(exception, resourceId),
        _ => null,
    };

    /// <summary>Whether a connection failed because the server could not prove who it is; it will not be able to a second later.</summary>
    public static bool IsUntrusted(Exception? failure) =>
        failure is not null && (failure is AuthenticationException || IsUntrusted(failure.InnerException));

    private static ImageCmdletsException ConnectionFailed(Exception exception, string? resourceId) =>
        new(ErrorIds.ConnectionFailed, "No answer came from Azure Resource Manager: " + Deepest(exception).Message, resourceId, null, exception);

    private static ImageCmdletsException AuthenticationFailed(Exception exception, string? resourceId) =>
        new(ErrorIds.AuthenticationFailed, "Signing in failed: " + FirstLine(exception.Message), resourceId, null, exception);

    private static Exception Deepest(Exception exception) => exception.InnerException is null ? exception : Deepest(exception.InnerException);

    private static string FirstLine(string text) => text.Split('\r', '\n')[0];
}
