using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>What Invoke-Generalize says where it did not come to its end.</summary>
public sealed class GeneralizeFailureTests
{
    [Theory]
    [InlineData(GuestFaultKind.BitLocker, ErrorIds.GeneralizeFailed, "'web01' was not generalized and is left as it is: ")]
    [InlineData(GuestFaultKind.UpgradeRemains, ErrorIds.GeneralizeFailed, "'web01' is half generalized, do not use it and make no image of it: ")]
    [InlineData(GuestFaultKind.DeprovisionFails, ErrorIds.GeneralizeFailed, "'web01' is half generalized, do not use it and make no image of it: ")]
    [InlineData(GuestFaultKind.NeverStops, ErrorIds.GeneralizeUnverified, "Nobody knows whether 'web01' is generalized; it is running: ")]
    public async Task TheErrorSaysWhatIsKnownOfTheGuest(GuestFaultKind fault, string expected, string text)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(fault is GuestFaultKind.BitLocker or GuestFaultKind.UpgradeRemains);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web01", Kind = fault });

        (_, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Equal(expected, error!.ErrorId);
        Assert.StartsWith(text, error.Message, StringComparison.Ordinal);
        Assert.Equal(rig.Machine.Id, error.Target);
    }
}
