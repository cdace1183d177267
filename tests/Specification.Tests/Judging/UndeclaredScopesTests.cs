using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Judging;

/// <summary>Scopes that Azure has and the specification lacks.</summary>
[Trait("Category", "Specification")]
public sealed class UndeclaredScopesTests
{
    [Theory]
    [InlineData("/subscriptions/s/providers/Microsoft.Authorization/permissions", "/subscriptions/s/resourcegroups/any/providers/Microsoft.Authorization/permissions")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Authorization/permissions", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Authorization/permissions")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/providers/Microsoft.Authorization/permissions", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Authorization/permissions")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n/providers/Microsoft.Authorization/permissions", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Authorization/permissions")]
    [InlineData("/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions", "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions")]
    public void Only_permissions_are_held_against_another_scope(string path, string declared)
    {
        Uri found = UndeclaredScopes.Declared(new Uri($"https://localhost{path}?api-version=2022-04-01"));

        Assert.Equal(("?api-version=2022-04-01", declared), (found.Query, found.AbsolutePath));
    }
}
