using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of verbs on existing resources that change something: the question before each.</summary>
/// <typeparam name="T">The module's own type for the resource.</typeparam>
public abstract class TargetCmdlet<T> : SelectingCmdlet<T>
    where T : ArmResource
{
    /// <summary>Do not ask; safety checks stay.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What ShouldProcess is asked, such as "Remove image".</summary>
    private protected abstract string ActionName { get; }

    private protected override bool ApproveTarget(ResourceId id) => Approve(Describe(id), ActionName, Force);

    private static string Describe(ResourceId id) => id.ParentName is null ? $"{id.Name} in {id.ResourceGroupName}" : $"{id.Name} of {id.ParentName} in {id.ResourceGroupName}";
}
