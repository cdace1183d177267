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
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static async Task<PermissionScene> PreparedAsync(ImagePermissionOperation operation)
    {
        PermissionScene scene = await PermissionScene.OpenAsync();
        await scene.PrepareAsync(operation);
        return scene;
    }
}
