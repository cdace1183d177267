using System.Management.Automation;
using System.Reflection;

namespace ImageCmdlets.Cmdlets.Tests.Contract;

/// <summary>What holds for every cmdlet, whoever wrote it.</summary>
public sealed class CmdletContractTests(ModuleSurface surface) : IClassFixture<ModuleSurface>
{
    private static readonly HashSet<string> s_common = new(
        typeof(Cmdlet).GetProperty("CommonParameters", BindingFlags.Public | BindingFlags.Static)!.GetValue(null) as IEnumerable<string> ?? [],
        StringComparer.OrdinalIgnoreCase) { "WhatIf", "Confirm" };

    private static readonly HashSet<string> s_changing = new(StringComparer.Ordinal)
    {
        "New", "Set", "Remove", "Copy", "Start", "Stop", "Invoke", "Restore", "Reset", "Disconnect", "Export", "Approve", "Grant", "Revoke", "Undo", "Update",
    };

    [Fact]
    public void EveryClassIsExportedAndEveryExportIsAClass() =>
        Assert.Equal(
            surface.CmdletClasses.Select(NameOf).Order(StringComparer.Ordinal),
            surface.Cmdlets.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void VerbsAreApprovedAndNounsAreSingular()
    {
        HashSet<string> approved = [.. typeof(Cmdlet).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)];

        Assert.All(surface.Cmdlets, cmdlet => Assert.Contains(cmdlet.Verb, approved));
        Assert.All(surface.Cmdlets, cmdlet => Assert.False(cmdlet.Noun.EndsWith('s') && !cmdlet.Noun.EndsWith("ss", StringComparison.Ordinal), cmdlet.Name));
    }

    [Fact]
    public void ClassesAreNamedAfterTheirCmdletAndSealed()
    {
        Assert.All(surface.CmdletClasses, type => Assert.Equal(NameOf(type).Replace("-", string.Empty, StringComparison.Ordinal) + "Command", type.Name));
        Assert.All(surface.CmdletClasses, type => Assert.True(type.IsSealed, type.Name));
    }

    [Fact]
    public void EveryCmdletSaysWhatItGivesAndGivesOnlyTypesOfContracts() => Assert.All(surface.CmdletClasses, type =>
    {
        Type[] outputs = [.. type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(attribute => attribute.Type).Select(name => name.Type)];
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.True(output == typeof(void) || output == typeof(FileInfo) || output.Assembly == surface.Contracts, $"{type.Name}: {output}"));
    });

    [Fact]
    public void WhatChangesSomethingHasWhatIfAndConfirm() => Assert.All(surface.CmdletClasses, type =>
    {
        CmdletAttribute cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        // A test changes nothing, unless it is told to mend what it finds, or makes what it tests, which -Keep lets stay.
        Assert.Equal(s_changing.Contains(cmdlet.VerbName) || type.GetProperty("Fix") is not null || type.GetProperty("Keep") is not null, cmdlet.SupportsShouldProcess);
        if (cmdlet.VerbName == VerbsCommon.Remove)
            Assert.Equal(ConfirmImpact.High, cmdlet.ConfirmImpact);
    });

    [Fact]
    public void VerbsOnExistingResourcesBindByIdFirstAndByObject() => Assert.All(TargetCmdlets(), cmdlet =>
    {
        Assert.Equal("ById", cmdlet.DefaultParameterSet);
        Assert.True(IsOfAnyType(cmdlet) || cmdlet.ParameterSets.Any(set => set.Name == "ByName"), cmdlet.Name);
        CommandParameterInfo input = cmdlet.ParameterSets.Single(set => set.Name == "InputObject").Parameters.Single(parameter => parameter.Name == "InputObject");
        Assert.True(input.ValueFromPipeline);
        ParameterMetadata id = cmdlet.Parameters["ResourceId"];
        Assert.Contains("Id", id.Aliases);
        Assert.True(id.ParameterSets["ById"].ValueFromPipelineByPropertyName);
    });

    [Fact]
    public void IdsAndNamesPipeInEverywhereIdsFirst() => Assert.All(surface.Cmdlets.Where(cmdlet => cmdlet.ParameterSets.Any(set => set.Name == "ById") && !IsOfAnyType(cmdlet)), cmdlet =>
    {
        Assert.Equal("ById", cmdlet.DefaultParameterSet);
        Assert.True(cmdlet.Parameters["ResourceId"].ParameterSets["ById"].ValueFromPipeline, cmdlet.Name);
        Assert.True(cmdlet.Parameters["Name"].ParameterSets["ByName"].ValueFromPipelineByPropertyName, cmdlet.Name);
        Assert.True(cmdlet.Parameters["ResourceGroupName"].ParameterSets["ByName"].ValueFromPipelineByPropertyName, cmdlet.Name);
    });

    [Fact]
    public void AzHabitsWork() => Assert.All(surface.Cmdlets, cmdlet =>
    {
        foreach ((string parameter, string alias) in (ReadOnlySpan<(string, string)>)[("ResourceGroupName", "g"), ("Name", "n"), ("Location", "l")])
        {
            if (cmdlet.Parameters.TryGetValue(parameter, out ParameterMetadata? metadata))
                Assert.True(metadata.Aliases.Contains(alias, StringComparer.Ordinal), $"{cmdlet.Name} -{parameter} lacks -{alias}");
        }
    });

    [Fact]
    public void EveryCommandThatAsksAzureTakesASession() => Assert.All(surface.Cmdlets.Where(AsksAzure), cmdlet =>
        Assert.True(cmdlet.Parameters.ContainsKey("Session"), cmdlet.Name));

    [Fact]
    public void NothingOfEngineOrTheSdkShowsInASignature()
    {
        Assert.DoesNotContain(surface.Module.GetReferencedAssemblies(), name => name.Name!.StartsWith("Azure.", StringComparison.Ordinal));
        Assert.All(surface.Module.GetExportedTypes().SelectMany(PublicSignatureTypes), type =>
            Assert.False(type.Assembly.GetName().Name is "ImageCmdlets.Engine" or "ImageCmdlets.Sandbox", type.FullName));
    }

    [Fact]
    public void ContractsLieBesideTheModuleAndNowhereElse()
    {
        string[] copies = Directory.GetFiles(BuiltModule.Folder, "ImageCmdlets.Contracts.dll", SearchOption.AllDirectories);
        Assert.Equal([Path.Combine(BuiltModule.Folder, "bin", "ImageCmdlets.Contracts.dll")], copies);
    }

    // An operation or a leftover can be a resource of any type: a name alone would not say which.
    private static bool IsOfAnyType(CmdletInfo cmdlet) => cmdlet.Noun is "ImageOperation" or "ImageLeftover" or "ImageAccess";

    private static string NameOf(Type type)
    {
        CmdletAttribute attribute = type.GetCustomAttribute<CmdletAttribute>()!;
        return $"{attribute.VerbName}-{attribute.NounName}";
    }

    private static bool AsksAzure(CmdletInfo cmdlet) =>
        cmdlet.Noun is not "ImageSession" && cmdlet.Verb is not ("ConvertFrom" or "Resolve");

    private static IEnumerable<Type> PublicSignatureTypes(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).SelectMany<MemberInfo, Type>(member => member switch
        {
            PropertyInfo property => [property.PropertyType],
            FieldInfo field => [field.FieldType],
            MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
            _ => [],
        }).Append(type.BaseType ?? typeof(object));

    private IEnumerable<CmdletInfo> TargetCmdlets() => surface.Cmdlets.Where(cmdlet =>
        cmdlet.Parameters.ContainsKey("InputObject") && cmdlet.ParameterSets.Any(set => set.Name == "ById"));
}
