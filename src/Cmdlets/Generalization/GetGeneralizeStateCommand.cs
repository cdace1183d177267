using System.Management.Automation;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Commands;

/// <summary>Tells how far virtual machines are with being generalized: by Azure, by their guests, and by what was proven of them.</summary>
[Cmdlet(VerbsCommon.Get, "GeneralizeState", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(GeneralizeState))]
public sealed class GetGeneralizeStateCommand : SelectingCmdlet<ImageVM>
{
    /// <summary>Ask Azure alone; run nothing in the guest.</summary>
    [Parameter]
    public SwitchParameter SkipInGuest { get; set; }

    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems()
    {
        yield return ArgumentCheck.MustWait(NoWait);
    }

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        GetGeneralizeStateOptions[] machines = [.. ids.Select(id => new GetGeneralizeStateOptions { Id = id, SkipInGuest = SkipInGuest })];
        RunOrStartJob((sink, token) => GeneralizeStateService.GetAsync(session, machines, run, sink, token));
    }
}
