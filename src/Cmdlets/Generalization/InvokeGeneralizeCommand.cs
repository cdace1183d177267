using System.Management.Automation;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Commands;

/// <summary>Generalizes virtual machines: sysprep or waagent in the guest, the proof that it worked, deallocation, Azure's mark. A
/// generalized machine can never be started again; its disk becomes an image.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Generalize", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Alias("Invoke-ImageGeneralization")]
[OutputType(typeof(GeneralizeResult))]
public sealed class InvokeGeneralizeCommand : TargetCmdlet<ImageVM>
{
    /// <summary>Only deallocate and mark: sysprep or waagent has already run in the guest, and nothing proves it.</summary>
    [Parameter]
    public SwitchParameter FlagOnly { get; set; }

    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override string ActionName => FlagOnly ? "Mark as generalized, never to be started again" : "Generalize, never to be started again";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        GeneralizeOptions[] machines = [.. ids.Select(id => new GeneralizeOptions { Id = id, FlagOnly = FlagOnly })];
        RunOrStartJob((sink, token) => GeneralizeService.GeneralizeAsync(session, machines, run, sink, token));
    }
}
