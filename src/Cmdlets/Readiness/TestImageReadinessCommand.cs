using System.Management.Automation;
using ImageCmdlets.Engine.Readiness;

namespace ImageCmdlets.Commands;

/// <summary>Looks whether virtual machines can be generalized: what would stop sysprep or waagent, what would stay in the image, and what
/// kind of image can be made. Changes nothing but what <see cref="Fix"/> is agreed to.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ImageReadiness", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageReadiness))]
public sealed class TestImageReadinessCommand : TargetCmdlet<ImageVM>
{
    private IReadOnlyList<ImageReadiness> _tested = [];

    /// <summary>Which checks to make; all that fit the system when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ReadinessCheckName[] Check { get; set; } = [];

    /// <summary>Look at what Azure knows only; run nothing in the guest.</summary>
    [Parameter]
    public SwitchParameter SkipInGuest { get; set; }

    /// <summary>Mend what can be mended safely, after a question for each, and look again.</summary>
    [Parameter]
    public SwitchParameter Fix { get; set; }

    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override string ActionName => "Mend all that can be mended safely";

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems()
    {
        yield return Fix && SkipInGuest
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, "What is to be mended is in the guest, and -SkipInGuest leaves the guest alone.", nameof(Fix),
                "Leave out -Fix or -SkipInGuest.")
            : null;
        yield return NoWait
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, "A test that is not waited for finds nothing.", nameof(NoWait), "Pass -AsJob instead of -NoWait.")
            : null;
    }

    // Looking needs no leave. A job cannot ask, so it is asked here for all of a machine's fixes.
    private protected override bool ApproveTarget(ResourceId id) => !Fix || !AsJob || base.ApproveTarget(id);

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        TestReadinessOptions[] machines = [.. ids.Select(id => OptionsOf(id, fix: Fix && AsJob))];
        if (!Fix || AsJob)
        {
            RunOrStartJob((sink, token) => ReadinessService.TestAsync(session, machines, run, sink, token));
            return;
        }

        Run(async (sink, token) =>
        {
            var kept = new KeepingSink(sink);
            await ReadinessService.TestAsync(session, machines, run, kept, token).ConfigureAwait(false);
            _tested = kept.Items<ImageReadiness>();
        });
        FixReadinessOptions[] agreed = [.. _tested.Select(Agree).OfType<FixReadinessOptions>()];
        if (agreed.Length > 0)
            Run((sink, token) => ReadinessService.FixAsync(session, agreed, run, sink, token));
    }

    /// <summary>Asks about each fix; a machine for which there is nothing to do is given as it is.</summary>
    private FixReadinessOptions? Agree(ImageReadiness readiness)
    {
        ImageFinding[] agreed = [.. readiness.Finding.Where(finding => finding.CanFix && Agree(readiness, finding))];
        if (agreed.Length > 0)
            return new FixReadinessOptions { Test = OptionsOf(readiness.Id, fix: false), Finding = agreed };

        WriteObject(readiness);
        return null;
    }

    private bool Agree(ImageReadiness readiness, ImageFinding finding)
    {
        if (ReadinessService.DescribeFix(finding) is not { } fix)
            return false;

        WriteVerbose(fix.Script);
        return Approve($"{readiness.Name} in {readiness.ResourceGroupName}", fix.Command, Force);
    }

    private TestReadinessOptions OptionsOf(string id, bool fix) => new() { Id = id, Check = Check, SkipInGuest = SkipInGuest, Fix = fix };
}
