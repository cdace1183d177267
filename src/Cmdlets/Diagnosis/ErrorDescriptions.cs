using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Takes errors of PowerShell's and exceptions of any library apart.</summary>
internal static class ErrorDescriptions
{
    // What libraries of Azure call the code that the service gave: RequestFailedException, CloudException and its kin.
    private static readonly string[] s_codeProperties = ["ErrorCode", "Code"];

    public static ErrorDescription Of(ErrorRecord record)
    {
        ErrorDescription error = Of(record.Exception);
        string? own = record.ErrorDetails?.Message;
        return error with
        {
            Message = own is null || error.Message.Contains(own) ? error.Message : [own, .. error.Message],
            Target = error.Target ?? record.TargetObject as string,
        };
    }

    public static ErrorDescription Of(Exception exception)
    {
        Exception[] chain = [.. Unwrap(exception)];
        ImageCmdletsException? ours = chain.OfType<ImageCmdletsException>().FirstOrDefault();
        return new ErrorDescription
        {
            ErrorId = ours?.ErrorId,
            Code = [.. chain.SelectMany(CodesOf).Distinct(StringComparer.OrdinalIgnoreCase)],
            Message = [.. chain.SelectMany(TextsOf).Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal)],
            Target = ours?.Target as string,
        };
    }

    // The innermost first: what is around it only passes it on.
    private static List<Exception> Unwrap(Exception exception)
    {
        var chain = new List<Exception>();
        for (Exception? current = exception; current is not null; current = current.InnerException)
            chain.Add(current);
        chain.Reverse();
        return chain;
    }

    private static IEnumerable<string> TextsOf(Exception exception) =>
        exception is ArmOperationException { Details.ServiceMessage: { } service } ? [service, exception.Message] : [exception.Message];

    private static IEnumerable<string> CodesOf(Exception exception)
    {
        string?[] codes = exception is ArmOperationException arm
            ? [arm.Details.InnerCode, arm.Details.Code]
            : [.. s_codeProperties.Select(name => ReadText(exception, name))];
        return codes.OfType<string>();
    }

    private static string? ReadText(Exception exception, string property)
    {
        try
        {
            return PSObject.AsPSObject(exception).Properties[property]?.Value as string;
        }
        catch (GetValueException)
        {
            // A property of somebody else's that cannot be read tells nothing.
            return null;
        }
    }
}
