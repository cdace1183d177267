using System.Globalization;
using ImageCmdlets.Engine.ImageTests;
using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>What tests of images left: their resource groups, with the machines in them. A test says with its group until when it may be running.</summary>
internal static class TestLeftovers
{
    public static IReadOnlyList<Leftover> Find(LeftoverScene scene)
    {
        var found = new List<Leftover>();
        foreach (SeenResource group in scene.Groups.Where(group => TestGroup.IsTemporary(group.Tag)))
        {
            string kit = "Test " + group.Id.Name;
            string? use = UseOf(group, scene.Operation.Clock.UtcNow);
            found.AddRange(scene.Survey.In(group.Id.Name).Where(IsMade)
                .Select(resource => Of(resource, kit, $"It is in the group '{group.Id.Name}' of a test of '{group.SourceText}'.", use)));
            found.Add(Of(group, kit, $"{TestGroup.OperationName} made it for a test of '{group.SourceText}'.", use));
        }

        return found;
    }

    private static Leftover Of(SeenResource resource, string kit, string reason, string? use) => new(resource, LeftoverMaker.ImageCmdlets, kit, reason) { InUse = use };

    // Disks of machines have no marks of their own.
    private static bool IsMade(SeenResource resource) => resource.MadeBy is not null || resource.ManagedBy is not null;

    private static string? UseOf(SeenResource group, DateTimeOffset now) =>
        group.Tag.TryGetValue(TestGroup.UntilTag, out string? text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until) && until > now
            ? $"The test may be running until {until.UtcDateTime:u}." : null;
}
