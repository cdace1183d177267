using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests;

/// <summary>One transient fault at every request of a command, one after the other: the command succeeds all the same.</summary>
internal static class TransientFaults
{
    /// <summary>The faults, for theories.</summary>
    public static TheoryData<string> Names => ["429", "503", "503 without a body", "500 after the effect", "reset", "reset after the effect", "truncated", "malformed"];

    /// <summary>Runs a command once for each of its requests (for each seventh unless <c>IMAGECMDLETS_EVERY_CALL</c> is 1), struck by the fault at that one.</summary>
    /// <typeparam name="TScene">What is there before the command.</typeparam>
    /// <param name="name">Which fault.</param>
    /// <param name="open">Makes a scene, always the same.</param>
    /// <param name="sandbox">The sandbox of a scene.</param>
    /// <param name="command">Runs it and looks at what it made.</param>
    /// <returns>How many requests there are.</returns>
    public static async Task<int> AtEveryRequestAsync<TScene>(string name, Func<Task<TScene>> open, Func<TScene, ArmSandbox> sandbox, Func<TScene, Task> command)
        where TScene : IDisposable
    {
        for (int request = 0; ; request += ProcessKill.Stride)
        {
            using TScene scene = await open();
            SandboxFault fault = Of(name, request);
            sandbox(scene).AddFault(fault);
            try
            {
                await command(scene);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{name} at request {request}: {exception.Message}", exception);
            }

            if (fault.Hits == 0)
                return request;
        }
    }

    /// <summary>One fault.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="skip">How many requests go well before.</param>
    public static SandboxFault Of(string name, int skip) => name switch
    {
        "429" => new SandboxFault { Skip = skip, Status = 429, Code = "TooManyRequests", Message = "Later.", Headers = [KeyValuePair.Create("Retry-After", "7")] },
        "503" => new SandboxFault { Skip = skip, Status = 503, Code = "ServerBusy", Message = "Later." },
        "503 without a body" => new SandboxFault { Skip = skip, Status = 503, Body = string.Empty },
        "500 after the effect" => new SandboxFault { Skip = skip, Status = 500, AfterEffect = true },
        "reset" => new SandboxFault { Skip = skip, Effect = SandboxFaultEffect.ConnectionReset },
        "reset after the effect" => new SandboxFault { Skip = skip, Effect = SandboxFaultEffect.ConnectionReset, AfterEffect = true },
        "truncated" => new SandboxFault { Skip = skip, Effect = SandboxFaultEffect.TruncatedBody },
        "malformed" => new SandboxFault { Skip = skip, Effect = SandboxFaultEffect.MalformedBody },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
