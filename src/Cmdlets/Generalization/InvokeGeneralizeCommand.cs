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
    private bool _isShown;

    /// <summary>Only deallocate and mark: sysprep or waagent has already run in the guest, and nothing proves it.</summary>
    [Parameter]
    public SwitchParameter FlagOnly { get; set; }

    /// <summary>Begin without looking whether the machine is ready; what Test-ImageReadiness would call an error then shows in sysprep or waagent.</summary>
    [Parameter]
    public SwitchParameter SkipReadiness { get; set; }

    /// <summary>Take snapshots of all disks before anything is changed in the guest, and keep them: Restore-ImageSnapshot -ToVM brings the machine back with them.</summary>
    [Parameter]
    public SwitchParameter Snapshot { get; set; }

    /// <summary>Generalize a clone, made of snapshots of all disks. The machine itself is neither stopped nor marked; New-CustomImage removes the clone when the image is there.</summary>
    [Parameter]
    public SwitchParameter PreserveSource { get; set; }

    /// <summary>Linux: users that stay. The user that Azure made goes unless it is named here; with root its authorized keys stay.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] KeepUser { get; set; } = [];

    /// <summary>Linux: users that go, with their homes, besides the one that Azure made.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RemoveUser { get; set; } = [];

    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override string ActionName => PreserveSource
        ? "Clone, and generalize the clone"
        : FlagOnly ? "Mark as generalized, never to be started again" : "Generalize, never to be started again";

    // Of a clone there is nothing that a snapshot could bring back, nobody who could have run sysprep, and no end that could come later.
    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        .. base.ArgumentProblems(),
        .. FlagOnly ? new[] { nameof(KeepUser), nameof(RemoveUser) }.Select(parameter => ArgumentCheck.NotWith(IsBound(parameter), parameter, nameof(FlagOnly))) : [],
        .. PreserveSource ? new[] { nameof(FlagOnly), nameof(Snapshot), nameof(NoWait) }.Select(NotWithClone) : [],
    ];

    // -WhatIf -Verbose shows what would run.
    private protected override bool ApproveTarget(ResourceId id)
    {
        bool isAgreed = base.ApproveTarget(id);
        if (isAgreed || FlagOnly || _isShown)
            return isAgreed;

        _isShown = true;
        foreach (KeyValuePair<string, string> script in GeneralizeService.Scripts)
            WriteVerbose($"In the guest of a {script.Key} machine this would run:\n{script.Value}");
        return isAgreed;
    }

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        GeneralizeOptions[] machines = [.. ids.Select(id => new GeneralizeOptions
        {
            Id = id, FlagOnly = FlagOnly, SkipReadiness = SkipReadiness, Snapshot = Snapshot, PreserveSource = PreserveSource, KeepUser = KeepUser, RemoveUser = RemoveUser,
        })];
        RunOrStartJob((sink, token) => GeneralizeService.GeneralizeAsync(session, machines, run, sink, token));
    }

    private ImageCmdletsException? NotWithClone(string parameter) => ArgumentCheck.NotWith(IsBound(parameter), parameter, nameof(PreserveSource));
}
