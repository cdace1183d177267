using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>A source for the snapshots that recorded clients made empty, which this module has no command for.</summary>
internal static class MadeUpDisk
{
    /// <summary>Lets the replay know a disk in the group and region of a snapshot; gives its id.</summary>
    public static string Supply(ReplayHandler handler, RecordedCreation snapshot)
    {
        string id = ResourceId.Of(snapshot.Id.SubscriptionId, snapshot.Id.ResourceGroupName!, ResourceTypes.Disk, "made-up").Text;
        handler.Supplied["/disks/made-up"] = new JsonObject
        {
            ["id"] = id,
            ["location"] = snapshot.Wanted.Text("location"),
            ["properties"] = new JsonObject { ["provisioningState"] = "Succeeded" },
        }.ToJsonString();
        return id;
    }
}
