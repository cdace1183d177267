using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Errors;

/// <summary>Refusals made by ARM's front end before a resource provider sees the request.</summary>
internal static class GatewayErrors
{
    /// <summary>Text as recorded since 2020.</summary>
    public static ArmException ResourceNotFound(string typeAndNames, string resourceGroup) => Gateway(
        404,
        "ResourceNotFound",
        $"The Resource '{typeAndNames}' under resource group '{resourceGroup}' was not found. " +
        "For more details please go to https://aka.ms/ARMResourceNotFoundFix");

    public static ArmException ResourceGroupNotFound(string name) =>
        Gateway(404, "ResourceGroupNotFound", $"Resource group '{name}' could not be found.");

    public static ArmException ResourceGroupBeingDeleted(string name) => Gateway(
        409,
        "ResourceGroupBeingDeleted",
        $"The resource group '{name}' is in deprovisioning state and cannot perform this operation.");

    public static ArmException InvalidResourceGroup(string name, string badCharacters) => Gateway(
        400,
        "InvalidResourceGroup",
        $"The provided resource group name '{name}' has these invalid characters: '{badCharacters}'. " +
        "The name can only be a letter, digit, '-', '.', '(', ')' or '_'.");

    public static ArmException ResourceGroupNameLength(string name) => Gateway(
        400,
        "InvalidResourceGroup",
        $"The provided resource group name '{name}' has a length of '{name.Length}' which exceeds the maximum length of '90'.");

    public static ArmException ResourceGroupNameEnd(string name) =>
        Gateway(400, "InvalidResourceGroup", $"The provided resource group name '{name}' cannot end with a period.");

    public static ArmException InvalidResourceGroupLocation(string present, string requested) => Gateway(
        409,
        "InvalidResourceGroupLocation",
        $"Invalid resource group location '{requested}'. The Resource group already exists in location '{present}'.");

    public static ArmException ResourceGroupLocationUnknown(string location, IEnumerable<string> supported) => Gateway(
        400,
        "LocationNotAvailableForResourceGroup",
        $"The provided location '{location}' is not available for resource group. " +
        $"List of available regions is '{string.Join(",", supported)}'.");

    public static ArmException InvalidSubscriptionId(string id) => Gateway(
        400, "InvalidSubscriptionId", $"The provided subscription identifier '{id}' is malformed or invalid.");

    public static ArmException SubscriptionNotFound(string id) =>
        Gateway(404, "SubscriptionNotFound", $"The subscription '{id}' could not be found.");

    public static ArmException MissingSubscription() => Gateway(
        404,
        "MissingSubscription",
        "The request did not have a subscription or a valid tenant level resource provider.");

    public static ArmException MissingApiVersion() => Gateway(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.");

    public static ArmException InvalidApiVersion(string version, IEnumerable<string> supported) => Gateway(
        400,
        "InvalidApiVersionParameter",
        $"The api-version '{version}' is invalid. The supported versions are '{string.Join(",", supported)}'.");

    public static ArmException InvalidResourceNamespace(string name) =>
        Gateway(404, "InvalidResourceNamespace", $"The resource namespace '{name}' is invalid.");

    public static ArmException InvalidResourceType(
        string type, string resourceNamespace, string version, IEnumerable<string> supported) => Gateway(
        404,
        "InvalidResourceType",
        $"The resource type '{type}' could not be found in the namespace '{resourceNamespace}' " +
        $"for api version '{version}'. The supported api-versions are '{string.Join(",", supported)}'.");

    /// <summary>The lists are parted by comma and space here, and by comma alone in the errors above.</summary>
    public static ArmException NoRegisteredProviderFound(
        string location, string version, string type, IEnumerable<string> versions, IEnumerable<string> locations) => Gateway(
        400,
        "NoRegisteredProviderFound",
        $"No registered resource provider found for location '{location}' and API version '{version}' for type '{type}'. " +
        $"The supported api-versions are '{string.Join(", ", versions)}'. " +
        $"The supported locations are '{string.Join(", ", locations)}'.");

    public static ArmException LocationRequired() =>
        Gateway(400, "LocationRequired", "The location property is required for this definition.");

    public static ArmException LocationNotAvailable(string location, string type, IEnumerable<string> supported) => Gateway(
        400,
        "LocationNotAvailableForResourceType",
        $"The provided location '{location}' is not available for resource type '{type}'. " +
        $"List of available regions for the resource type is '{string.Join(",", supported)}'.");

    public static ArmException InvalidResourceLocation(string name, string present, string group, string requested) => Gateway(
        409,
        "InvalidResourceLocation",
        $"The resource '{name}' already exists in location '{present}' in resource group '{group}'. " +
        $"A resource with the same name cannot be created in location '{requested}'. Please select a new resource name.");

    public static ArmException ParentResourceNotFound(string parent) => Gateway(
        404,
        "ParentResourceNotFound",
        $"Can not perform requested operation on nested resource. Parent resource '{parent}' not found.");

    public static ArmException InvalidRequestContent(string detail) => Gateway(
        400,
        "InvalidRequestContent",
        $"The request content was invalid and could not be deserialized: '{detail}'.");

    /// <summary>Code, status and text as users quote them of templates that are too large.</summary>
    public static ArmException RequestContentTooLarge() =>
        Gateway(413, "RequestContentTooLarge", "The request content size exceeds the maximum size of 4 MB.");

    public static ArmException SubscriptionNotRegistered(string resourceNamespace) => new(
        409,
        new ArmError(
            "MissingSubscriptionRegistration",
            $"The subscription is not registered to use namespace '{resourceNamespace}'. " +
            "See https://aka.ms/rps-not-found for how to register subscriptions.")
        {
            Details =
            [
                new ArmError(
                    "MissingSubscriptionRegistration",
                    $"The subscription is not registered to use namespace '{resourceNamespace}'. " +
                    "See https://aka.ms/rps-not-found for how to register subscriptions.")
                {
                    Target = resourceNamespace,
                },
            ],
        })
    {
        FromGateway = true,
    };

    /// <summary>The one answer without an envelope.</summary>
    public static ArmException MethodNotAllowed(string method)
    {
        string message = $"The requested resource does not support http method '{method}'.";
        return new ArmException(405, new ArmError("MethodNotAllowed", message))
        {
            FromGateway = true,
            RawBody = new JsonObject { ["Message"] = message },
        };
    }

    /// <summary>Recorded 2022 on a PUT of a disk encryption set.</summary>
    public static ArmException BadGatewayConnection(string resourceNamespace) => Gateway(
        502,
        "BadGatewayConnection",
        $"The network connectivity issue encountered for '{resourceNamespace}'; cannot fulfill the request.");

    public static ArmException AuthorizationFailed(string client, string objectId, string action, string scope) => Gateway(
        403,
        "AuthorizationFailed",
        $"The client '{client}' with object id '{objectId}' does not have authorization to perform action '{action}' " +
        $"over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.");

    public static ArmException Gateway(int status, string code, string message) =>
        new(status, new ArmError(code, message)) { FromGateway = true };
}
