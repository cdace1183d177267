using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>A part of the network that this command makes for several of its machines.</summary>
/// <param name="id">Its id.</param>
/// <param name="body">What Azure is sent.</param>
/// <remarks>As if the machines were made one after the other: the second finds the network of the first.</remarks>
internal sealed class SharedPart(string id, JsonObject body)
{
    private ArmAnswer? _begun;
    private ImageCmdletsException? _failure;

    public string Id => id;

    /// <summary>Asks for it. A refusal belongs to the machines that need it; those of other groups and regions go on.</summary>
    public async Task BeginAsync(Operation operation)
    {
        try
        {
            _begun = await operation.Arm.SendAsync(RequestMethod.Put, id, ArmApiVersions.Network, body, operation.CancellationToken).ConfigureAwait(false);
        }
        catch (ImageCmdletsException failure)
        {
            _failure = failure;
        }
    }

    /// <summary>Makes it, and waits for its end, so that nobody else has to.</summary>
    public async Task MakeAsync(Operation operation)
    {
        await BeginAsync(operation).ConfigureAwait(false);
        try
        {
            if (_begun is { } begun)
                await operation.Poller.WaitAsync(begun, id, null, operation.CancellationToken).ConfigureAwait(false);
            _begun = null;
        }
        catch (ImageCmdletsException failure)
        {
            _failure = failure;
        }
    }

    /// <summary>Throws the refusal, if there is one.</summary>
    public void Require()
    {
        if (_failure is not null)
            throw _failure;
    }

    /// <summary>Waits for its end, where nobody has yet.</summary>
    public async Task WaitAsync(Operation operation, Action<TimeSpan>? onPoll)
    {
        if (_begun is { } begun)
            await operation.Poller.WaitAsync(begun, id, onPoll, operation.CancellationToken).ConfigureAwait(false);
    }
}
