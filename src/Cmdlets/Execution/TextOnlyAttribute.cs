using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Lets a parameter that takes ids from the pipeline take text only.</summary>
/// <remarks>PowerShell turns any object into text before it gives up binding by value: <c>@{Name=vm1}</c> would be taken for an id. This
/// refusal has the inner exception that makes the binder go on with the object's properties instead of ending the command.</remarks>
[AttributeUsage(AttributeTargets.Property)]
internal class TextOnlyAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        bool isText = value is null or string || (value is IList list && list.Cast<object?>().All(item => (item is PSObject inner ? inner.BaseObject : item) is null or string));
        return isText
            ? inputData
            : throw new ArgumentTransformationMetadataException($"A value of type {value!.GetType().Name} is not the text of an id.", new PSInvalidCastException());
    }
}
