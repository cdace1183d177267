using System.Globalization;
using System.Management.Automation.Host;

namespace ImageCmdlets.Cmdlets.Tests.Runbooks;

/// <summary>The host of a job in Azure Automation: nobody sits before it.</summary>
/// <param name="ui">What there is of a user interface; null: nothing at all.</param>
internal sealed class JobHost(PSHostUserInterface? ui) : PSHost
{
    public override string Name => "Job";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = new("5f2d8c1e-7a34-4e0b-9d53-0c9b1a7e4d11");

    public override PSHostUserInterface UI => ui!;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override void SetShouldExit(int exitCode)
    {
    }

    public override void EnterNestedPrompt() => throw new HostException("There is no prompt.");

    public override void ExitNestedPrompt() => throw new HostException("There is no prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
