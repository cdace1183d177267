using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings;

/// <summary>What Azure answered about disks, snapshots and images, the sandbox answers member for member.</summary>
[Trait("Category", "Recordings")]
public sealed class RecordedDiskTests
{
    [Theory]
    [InlineData("test_snapshot_access", "/(disks|snapshots)/", 15)]
    [InlineData("test_completion_percent", "/(disks|snapshots)/", 12)]
    [InlineData("test_vm_snapshot_copy_start_detection", "/(disks|snapshots)/", 9)]
    [InlineData("test_vm_managed_disk", "/(disks|snapshots|images)/", 35)]
    public void The_sandbox_answers_as_Azure_did(string title, string paths, int least)
    {
        Recording recording = RecordingLibrary.Require(title);
        using var session = new RecordedSession();
        session.Play(recording, new Regex($"/providers/Microsoft.Compute{paths}", RegexOptions.IgnoreCase));
        Assert.True(session.Played >= least, $"only {session.Played} exchanges were played");
        Assert.True(session.Differences.Count == 0, string.Join(Environment.NewLine, session.Differences));
    }
}
