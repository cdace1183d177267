namespace ImageCmdlets.Cmdlets.Tests.Sessions;

/// <summary>The sandbox server in a process of its own, on a free port.</summary>
public sealed class RunningServer : IDisposable
{
    private readonly ServerProcess _process = new("--speed", "1000");

    public string Address => _process.Address;

    public string CertificatePath => _process.CertificatePath;

    public void Dispose() => _process.Dispose();
}
