using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings;

/// <summary>What Azure answered about networks, the sandbox answers member for member.</summary>
[Trait("Category", "Recordings")]
public sealed class RecordedNetworkTests
{
    [Fact]
    public void A_network_is_answered_as_Azure_did()
    {
        using var session = new RecordedSession();
        Recording recording = RecordingLibrary.Require("test_image_builder_vm_profile");
        session.Play(recording, new Regex("/providers/Microsoft.Network/", RegexOptions.IgnoreCase));
        Assert.True(session.Played >= 3, $"only {session.Played} exchanges were played");
        Assert.True(session.Differences.Count == 0, string.Join(Environment.NewLine, session.Differences));
    }
}
