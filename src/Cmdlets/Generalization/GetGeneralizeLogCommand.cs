using System.Management.Automation;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Commands;

/// <summary>Reads the logs of sysprep, of the agent and of cloud-init out of running virtual machines, whole.</summary>
[Cmdlet(VerbsCommon.Get, "GeneralizeLog", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(GeneralizeLog))]
public sealed class GetGeneralizeLogCommand : SelectingCmdlet<ImageVM>
{
    /// <summary>The logs; when not given Setupact of Windows machines, Waagent and CloudInit of Linux ones.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public GeneralizeLogName[] Log { get; set; } = [];

    /// <summary>How many bytes of a log to read at most: its last ones.</summary>
    [Parameter]
    [ValidateRange(4096, 64 * 1024 * 1024)]
    public int MaximumLength { get; set; } = GetGeneralizeLogOptions.DefaultMaximumLength;

    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems()
    {
        yield return ArgumentCheck.MustWait(NoWait);
    }

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        GetGeneralizeLogOptions[] machines = [.. ids.Select(id => new GetGeneralizeLogOptions { Id = id, Log = Log, MaximumLength = MaximumLength })];
        RunOrStartJob((sink, token) => GeneralizeLogService.GetAsync(session, machines, run, sink, token));
    }
}
