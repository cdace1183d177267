using System.Management.Automation;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Commands;

/// <summary>Looks what is personal or secret on a Linux system that is to become an image: of a running virtual machine, or in a folder.
/// Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ImageResidue", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(ImageResidue))]
public sealed class TestImageResidueCommand : SelectingCmdlet<ImageVM>
{
    private const string RootSet = nameof(RootPath);

    /// <summary>Folders of this computer that are the roots of Linux systems: mounted disks, unpacked or chrooted trees.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RootSet)]
    [ValidateNotNullOrEmpty]
    public string[] RootPath { get; set; } = [];

    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override bool AsksAzure => ParameterSetName != RootSet;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems()
    {
        yield return ArgumentCheck.MustWait(NoWait);
    }

    private protected override void ProcessOffline()
    {
        string[] roots = [.. RootPath.Select(SessionState.Path.GetUnresolvedProviderPathFromPSPath)];
        RunOrStartJob((sink, token) => ResidueService.TestRootAsync(roots, sink, token));
    }

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        RunOrStartJob((sink, token) => ResidueService.TestAsync(session, ids, run, sink, token));
    }
}
