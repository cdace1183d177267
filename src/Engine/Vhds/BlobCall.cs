using System.Xml;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>Asks the storage service again where an answer was spoiled on its way: bytes that do not fit their checksum, a list that is
/// cut off. All that is asked of blobs here is the same when repeated.</summary>
internal static class BlobCall
{
    private const int MostAttempts = 4;

    public static async Task<T> RunAsync<T>(Operation operation, Func<Task<T>> call)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Exception exception) when (IsSpoiled(exception) && attempt < MostAttempts)
            {
                operation.Verbose($"The storage service's answer was spoiled on its way and is asked for again: {exception.Message}");
                await operation.Clock.DelayAsync(TimeSpan.FromSeconds(attempt), operation.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The library's own reader fails by a null reference at XML that is something else, such as a proxy's page.
    private static bool IsSpoiled(Exception exception) => exception is XmlException or InvalidDataException or FormatException or NullReferenceException;
}
