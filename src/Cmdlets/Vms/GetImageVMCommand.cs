using System.Management.Automation;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Commands;

/// <summary>Gets virtual machines.</summary>
[Cmdlet(VerbsCommon.Get, "ImageVM", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(ImageVM))]
public sealed class GetImageVMCommand : QueryCmdlet
{
    /// <summary>Read the power state, OS state and agent state of every machine of a list: one more question for each.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    public SwitchParameter Status { get; set; }

    private protected override Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        VMService.GetAsync(session, query, Status, sink, cancellationToken);
}
