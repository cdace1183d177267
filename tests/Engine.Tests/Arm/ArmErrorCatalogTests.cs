using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Tests.Arm;

/// <summary>What Azure's codes mean, where code, text, status and the resource asked about pull in different directions.</summary>
public sealed class ArmErrorCatalogTests
{
    private const string Group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g";
    private const string Vm = Group + "/providers/Microsoft.Compute/virtualMachines/web01";
    private const string Snapshot = Group + "/providers/Microsoft.Compute/snapshots/s1";

    [Theory]
    [InlineData(404, "InvalidResourceType", "The resource type could not be found in the namespace 'Microsoft.Compute' for api version '2099-01-01'.", ErrorIds.OperationNotSupported)]
    [InlineData(404, "InvalidResourceNamespace", "The resource namespace 'Microsoft.Compute' is invalid.", ErrorIds.OperationNotSupported)]
    [InlineData(409, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace 'Microsoft.Compute'.", ErrorIds.ProviderNotRegistered)]
    [InlineData(429, "OperationNotAllowed", "The server rejected the request because too many requests have been received for this subscription.", ErrorIds.Throttled)]
    [InlineData(429, "RetryableError", "A retryable error occurred.", ErrorIds.ResourceBusy)]
    [InlineData(409, "Conflict", "The resource is in a state that does not allow this.", ErrorIds.OperationNotAllowed)]
    [InlineData(200, "Conflict", "The resource with id 'x' has a different Hypervisor generation ['V2'] than the parent gallery image Hypervisor generation ['V1'].", ErrorIds.HyperVGenerationMismatch)]
    [InlineData(200, "SomethingNew", "Nobody has seen this code.", ErrorIds.ProvisioningFailed)]
    [InlineData(502, null, null, ErrorIds.ServiceUnavailable)]
    [InlineData(412, null, null, ErrorIds.ConcurrentUpdate)]
    public void ACodeMeansTheSameForEveryResource(int status, string? code, string? message, string expected)
    {
        ArmErrorMatch match = ArmErrorCatalog.Match(new ArmErrorDetails { Status = status, Code = code, ServiceMessage = message, ResourceId = Vm });

        Assert.Equal(expected, match.ErrorId);
    }

    [Theory]
    [InlineData(Vm, null, ErrorIds.VMNotFound)]
    [InlineData(Group, null, ErrorIds.ResourceGroupNotFound)]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000000", null, ErrorIds.SubscriptionNotFound)]
    [InlineData(Snapshot, "The entity was not found in this Azure location.", ErrorIds.SnapshotNotFound)]
    [InlineData(Snapshot, "Resource s1 is not found.", ErrorIds.SnapshotNotFound)]
    [InlineData(Snapshot, "Resource disk1 is not found.", ErrorIds.SourceNotFound)]
    [InlineData(Vm, "The Resource 'Microsoft.Compute/images/i1' under resource group 'g' was not found.", ErrorIds.ImageNotFound)]
    [InlineData(Vm, "The Resource 'Microsoft.Network/virtualNetworks/v/subnets/s' under resource group 'g' was not found.", ErrorIds.ResourceNotFound)]
    [InlineData(Vm, "The Resource 'Microsoft.Compute/galleries/g/images/d/versions/1.0.0' under resource group 'g' was not found.", ErrorIds.ImageNotFound)]
    public void WhatIsMissingIsNotAlwaysWhatWasAskedAbout(string resourceId, string? message, string expected)
    {
        ArmErrorMatch match = ArmErrorCatalog.Match(new ArmErrorDetails { Status = 404, Code = "NotFound", ServiceMessage = message, ResourceId = resourceId });

        Assert.Equal(expected, match.ErrorId);
    }

    [Theory]
    [InlineData("adminPassword", ErrorIds.InvalidPassword)]
    [InlineData("vmSize", ErrorIds.InvalidVMSize)]
    [InlineData("imageReference", ErrorIds.InvalidImageReference)]
    [InlineData("dataDisk.lun", ErrorIds.InvalidRequest)]
    public void ABadRequestIsToldApartByItsTarget(string serviceTarget, string expected)
    {
        var details = new ArmErrorDetails { Status = 400, Code = "InvalidParameter", ServiceMessage = "The value is not valid.", ServiceTarget = serviceTarget, ResourceId = Vm };

        Assert.Equal(expected, ArmErrorCatalog.Match(details).ErrorId);
    }
}
