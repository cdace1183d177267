namespace ImageCmdlets.Sandbox.Http;

/// <summary>Lets somebody in the process hear what every sandbox is asked and what it answers: a judge, a recorder.</summary>
/// <remarks>
/// The listener is a datum of the application domain and speaks in types of the runtime only, because the sandbox of the module
/// lives in a load context of its own, whose types nobody outside can name. It hears tokens and passwords: in-process only.
/// </remarks>
internal static class ExchangeListener
{
    /// <summary>Tells the listener, if there is one.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="response">What was answered; null where a fault decides, which says nothing about Azure.</param>
    public static void Tell(SandboxRequest request, SandboxResponse? response)
    {
        if (AppDomain.CurrentDomain.GetData(ArmSandbox.ExchangeListener)
            is Action<string, Uri, IReadOnlyDictionary<string, string>, byte[], int, IReadOnlyList<KeyValuePair<string, string>>, byte[]> listener)
        {
            listener(
                request.Method, request.Uri, request.Headers, request.Body, response?.Status ?? 0, response?.Headers ?? [], response?.Body ?? []);
        }
    }
}
