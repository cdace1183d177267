using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.ImageTests;

/// <summary>The temporary resource group of a test. Its name follows from the test, so that the same command finds what an interrupted run left.</summary>
internal sealed class TestGroup
{
    /// <summary>The value of the operation tag.</summary>
    public const string OperationName = "Test-CustomImage";

    /// <summary>The step of a group that goes at the end.</summary>
    public const string Step = "ResourceGroup";

    /// <summary>Until when the test that made the group may be running: only it knows how long its user lets it run.</summary>
    public const string UntilTag = OperationTags.Prefix + "until";

    // The step of a group that its user wants to keep.
    private const string KeptStep = "KeptResourceGroup";

    private readonly Operation _operation;
    private readonly string _image;

    public TestGroup(Operation operation, TestImageOptions options, ResourceId image)
    {
        _operation = operation;
        _image = image.Text;
        string[] parts = [image.Text, options.Location ?? string.Empty, options.Size ?? string.Empty, options.Count.ToString(CultureInfo.InvariantCulture),
            .. options.Script.SelectMany(script => new[] { script.Name, script.Text })];
        Id = ResourceId.OfGroup(options.SubscriptionId ?? image.SubscriptionId, "imagecmdlets-test-" + StableHash.Of(16, parts));
    }

    public ResourceId Id { get; }

    /// <summary>Removes what an earlier run of the same command left, and waits until it is gone.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: a group of that name is somebody else's.</exception>
    public async Task EndEarlierAsync()
    {
        ArmAnswer? found = await _operation.Arm.FindAsync(Id.Text, ArmApiVersions.Resources, _operation.CancellationToken).ConfigureAwait(false);
        if (found is null)
            return;

        if (!OperationTags.IsMadeFor(found.Body.Map("tags"), OperationName, _image))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"There is a resource group '{Id.Name}' that this command did not make for this image.", Id.Text,
                "Remove that resource group first, if nobody needs it.");
        }

        _operation.Warning($"The resource group '{Id.Name}' of an earlier run of this command is removed first.");
        await RemoveAsync().ConfigureAwait(false);
    }

    /// <summary>Makes it.</summary>
    /// <param name="location">Its region.</param>
    /// <param name="until">Until when the test may run.</param>
    /// <param name="keep">Whether it is to stay.</param>
    public Task MakeAsync(string location, DateTimeOffset until, bool keep)
    {
        var tags = new JsonObject { [UntilTag] = until.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z" };
        foreach (KeyValuePair<string, string> tag in OperationTags.For(OperationName, keep ? KeptStep : Step, _image))
            tags[tag.Key] = tag.Value;
        var body = new JsonObject { ["location"] = location, ["tags"] = tags };
        return _operation.Arm.SendAsync(RequestMethod.Put, Id.Text, ArmApiVersions.Resources, body, _operation.CancellationToken);
    }

    /// <summary>Removes it with all that is in it, and waits until it is gone.</summary>
    public Task RemoveAsync() => ResourceRemoval.RemoveIfThereAsync(_operation, Id.Text);

    /// <summary>Whether a group is that of a test, to be removed at its end.</summary>
    public static bool IsTemporary(IReadOnlyDictionary<string, string> tags) =>
        OperationTags.IsMadeBy(tags, OperationName) && tags.TryGetValue(OperationTags.StepTag, out string? step) && step == Step;
}
