namespace ImageCmdlets.Engine.Tests.Access;

/// <summary>The table of rights is right: each one that it names is needed, and nothing else is.</summary>
public sealed class PermissionProofTests
{
    [Theory]
    [InlineData(ImagePermissionOperation.Generalize, false)]
    [InlineData(ImagePermissionOperation.Capture, false)]
    [InlineData(ImagePermissionOperation.Snapshot, false)]
    [InlineData(ImagePermissionOperation.Publish, false)]
    [InlineData(ImagePermissionOperation.Publish, true)]
    [InlineData(ImagePermissionOperation.Copy, false)]
    [InlineData(ImagePermissionOperation.Copy, true)]
    [InlineData(ImagePermissionOperation.Share, false)]
    [InlineData(ImagePermissionOperation.Grant, false)]
    [InlineData(ImagePermissionOperation.Deploy, false)]
    [InlineData(ImagePermissionOperation.Deploy, true)]
    public async Task EachRightThatIsTakenAwayIsNamedAndTheCommandFailsByItAndWithExactlyTheseItSucceeds(ImagePermissionOperation operation, bool fromVersion)
    {
        var wrong = new List<string>();
        using PermissionScene scene = await PermissionScene.OpenAsync();
        await scene.PrepareAsync(operation);
        TestPermissionOptions options = scene.Options(operation, fromVersion);
        ImagePermission[] all = await PermissionScene.TestAsync(await scene.SignInWithAsync("*"), options);
        Assert.All(all, row => Assert.True(row.Granted));
        foreach (IGrouping<string, ImagePermission> right in all.GroupBy(row => row.Action))
        {
            // A machine that is generalized cannot be generalized again, and a copy goes on with what another has left.
            using PermissionScene? fresh = operation is ImagePermissionOperation.Generalize or ImagePermissionOperation.Copy ? await PreparedAsync(operation) : null;
            PermissionScene own = fresh ?? scene;
            ImageSession somebody = await own.SignInWithoutAsync(right.Key);
            ImagePermission[] missing = [.. (await PermissionScene.TestAsync(somebody, options)).Where(row => row.Granted != true)];
            string failure = await own.FailureOfAsync(operation, somebody, options);
            bool failsByIt = failure.Contains($"perform action '{right.Key}'", StringComparison.OrdinalIgnoreCase);
            if (missing.Length == 0 || missing.Any(row => row.Action != right.Key || row.Principal != AccessScene.Somebody))
                wrong.Add($"{right.Key}: missing are {string.Join(", ", missing.Select(row => row.Action))}");
            if (right.Any(row => row.Required) ? !failsByIt : failure.Length > 0)
                wrong.Add($"{right.Key}: the command {(failure.Length == 0 ? "succeeds" : "says " + failure)}");
        }

        ImageSession exactly = await scene.SignInWithAsync([.. all.Select(row => row.Action).Distinct()]);
        Assert.Equal(string.Empty, await scene.FailureOfAsync(operation, exactly, options));
        Assert.DoesNotContain(scene.Warnings, warning => warning.Contains("does not have authorization", StringComparison.Ordinal));
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData(ImagePermissionOperation.Generalize, false)]
    [InlineData(ImagePermissionOperation.Capture, false)]
    [InlineData(ImagePermissionOperation.Snapshot, false)]
    [InlineData(ImagePermissionOperation.Publish, false)]
    [InlineData(ImagePermissionOperation.Publish, true)]
    [InlineData(ImagePermissionOperation.Copy, false)]
    [InlineData(ImagePermissionOperation.Copy, true)]
    [InlineData(ImagePermissionOperation.Share, false)]
    [InlineData(ImagePermissionOperation.Grant, false)]
    [InlineData(ImagePermissionOperation.Deploy, false)]
    [InlineData(ImagePermissionOperation.Deploy, true)]
    public async Task EachRightIsNeededWhereItsRowSays(ImagePermissionOperation operation, bool fromVersion)
    {
        using PermissionScene scene = await PreparedAsync(operation);
        TestPermissionOptions options = scene.Options(operation, fromVersion);
        ImagePermission[] all = await PermissionScene.TestAsync(scene.Owner, options);

        ImageSession exactly = await scene.SignInWithAsync(all);

        Assert.Equal(string.Empty, await scene.FailureOfAsync(operation, exactly, options));
        Assert.DoesNotContain(scene.Warnings, warning => warning.Contains("does not have authorization", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AGroupThatIsStillToBeMadeIsARightOfItsOwn()
    {
        const string Making = "Microsoft.Resources/subscriptions/resourceGroups/write";
        using PermissionScene scene = await PermissionScene.OpenAsync();
        TestPermissionOptions options = scene.Options(ImagePermissionOperation.Deploy, fromVersion: true) with { TargetResourceGroupName = "later" };
        ImagePermission[] all = await PermissionScene.TestAsync(await scene.SignInWithAsync("*"), options);
        ImageSession without = await scene.SignInWithoutAsync(Making);

        ImagePermission missing = Assert.Single(await PermissionScene.TestAsync(without, options), row => row.Granted != true);
        string failure = await scene.FailureOfAsync(ImagePermissionOperation.Deploy, without, options);

        Assert.Equal((Making, true), (missing.Action, missing.Required));
        Assert.Contains($"perform action '{Making}'", failure, StringComparison.OrdinalIgnoreCase);
        ImageSession exactly = await scene.SignInWithAsync([.. all.Select(row => row.Action).Distinct()]);
        Assert.Equal(string.Empty, await scene.FailureOfAsync(ImagePermissionOperation.Deploy, exactly, options));
        Assert.DoesNotContain(await PermissionScene.TestAsync(exactly, options), row => row.Action == Making);
    }

    [Theory]
    [InlineData(ImagePermissionOperation.Generalize, "Tag Contributor")]
    [InlineData(ImagePermissionOperation.Snapshot, "Disk Snapshot Contributor")]
    [InlineData(ImagePermissionOperation.Publish, "Compute Gallery Artifacts Publisher")]
    [InlineData(ImagePermissionOperation.Copy, "Disk Backup Reader")]
    [InlineData(ImagePermissionOperation.Share, "Compute Gallery Sharing Admin")]
    [InlineData(ImagePermissionOperation.Grant, "User Access Administrator")]
    [InlineData(ImagePermissionOperation.Deploy, "Network Contributor")]
    [InlineData(ImagePermissionOperation.Deploy, "Contributor", "later")]
    public async Task WhoTakesTheAdviceHasAllRights(ImagePermissionOperation operation, string role, string? group = null)
    {
        using PermissionScene scene = await PermissionScene.OpenAsync();
        await scene.PrepareAsync(operation);
        TestPermissionOptions options = scene.Options(operation, fromVersion: false);
        options = options with { TargetResourceGroupName = group ?? options.TargetResourceGroupName };

        // A right that nothing here needs: who has none at all cannot sign in.
        ImageSession somebody = await scene.SignInWithAsync("Microsoft.Support/*");
        ImagePermission[] missing = await PermissionScene.TestAsync(somebody, options);

        foreach (ImagePermission row in missing.DistinctBy(row => row.RecommendedAction))
            await scene.TakeAdviceAsync(row);

        Assert.All(missing, row => Assert.False(row.Granted));
        Assert.Contains(missing, row => row.RecommendedAction!.EndsWith($"-Role '{role}'", StringComparison.Ordinal));
        Assert.DoesNotContain(await PermissionScene.TestAsync(somebody, options), row => row.Granted != true);
    }

    private static async Task<PermissionScene> PreparedAsync(ImagePermissionOperation operation)
    {
        PermissionScene scene = await PermissionScene.OpenAsync();
        await scene.PrepareAsync(operation);
        return scene;
    }
}
