using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Opens a sandbox, with the file that keeps its state where one is wanted.</summary>
internal static class SandboxOpener
{
    // A sharing or lock violation of Windows; EWOULDBLOCK of Linux and macOS, which .NET gives as it is.
    private static readonly int[] s_inUse = [32, 33, 11, 35];

    /// <exception cref="ImageCmdletsException">SandboxStateInUse: another session has the file. InvalidSandboxState: it is no state of a sandbox, or cannot
    /// be opened.</exception>
    public static ArmSandbox Open(ConnectOptions options)
    {
        try
        {
            return new ArmSandbox(new SandboxOptions { Seed = options.Seed, StatePath = options.StatePath, EnforceRateLimits = true });
        }
        catch (IOException exception) when (Array.IndexOf(s_inUse, exception.HResult & 0xFFFF) >= 0)
        {
            throw new ImageCmdletsException(ErrorIds.SandboxStateInUse, $"Another session has the state file '{options.StatePath}' open.", options.StatePath, null, exception);
        }
        catch (Exception exception) when (options.StatePath is not null && exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidSandboxState, $"The state file '{options.StatePath}' cannot be used: {exception.Message}", options.StatePath, null, exception);
        }
    }
}
