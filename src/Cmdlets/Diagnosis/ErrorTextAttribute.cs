using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Takes text, and codes of Windows that were typed without quotes: PowerShell makes a number of <c>0x80073cf2</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ErrorTextAttribute : TextOnlyAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            int or long => TextOf(value),
            IList list when list.Cast<object?>().Any(item => item is int or long) => list.Cast<object?>().Select(item => item is int or long ? TextOf(item) : item).ToArray(),
            _ => base.Transform(engineIntrinsics, inputData),
        };
    }

    // Failures have the highest bit set.
    private static string TextOf(object number)
    {
        long value = Convert.ToInt64(number, CultureInfo.InvariantCulture);
        return value is (< 0 and >= int.MinValue) or (> int.MaxValue and <= uint.MaxValue)
            ? "0x" + unchecked((uint)value).ToString("x8", CultureInfo.InvariantCulture)
            : value.ToString(CultureInfo.InvariantCulture);
    }
}
