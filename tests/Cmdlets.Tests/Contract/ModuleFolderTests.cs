using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ImageCmdlets.Cmdlets.Tests.Contract;

/// <summary>The build's output is the module as it is published: whole, and with nothing in it twice.</summary>
public sealed class ModuleFolderTests(ModuleSurface surface) : IClassFixture<ModuleSurface>
{
    private const string Modern = "dependencies/net8.0";
    private const string Desktop = "dependencies/net472";
    private const string Shared = "dependencies";

    private readonly Hashtable _manifest = (Hashtable)Parser.ParseFile(BuiltModule.Manifest, out _, out _)
        .Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)!.SafeGetValue();

    [Fact]
    public void TheManifestListsEveryCmdletAndNothingElse() =>
        Assert.Equal(surface.Cmdlets.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal), List("CmdletsToExport"));

    [Fact]
    public void TheManifestListsEveryAliasAndNothingElse() => Assert.Equal(
        surface.CmdletClasses.SelectMany(type => type.GetCustomAttributes<AliasAttribute>()).SelectMany(alias => alias.AliasNames)
            .Order(StringComparer.Ordinal),
        List("AliasesToExport"));

    [Fact]
    public void TheManifestExportsNoFunctionsAndVariables()
    {
        Assert.Empty(List("FunctionsToExport"));
        Assert.Empty(List("VariablesToExport"));
    }

    [Fact]
    public void TheManifestIsForBothEditions()
    {
        Assert.Equal(["Desktop", "Core"], List("CompatiblePSEditions"));
        Assert.Equal(("5.1", "4.7.2"), (_manifest["PowerShellVersion"], _manifest["DotNetFrameworkVersion"]));
        Assert.NotEqual("0.0.0", _manifest["ModuleVersion"]);
    }

    [Fact]
    public void TheFilesThatPowerShellLoadsAreThere()
    {
        Assert.Equal(["ImageCmdlets.Contracts.dll", "ImageCmdlets.dll"], Files("bin"));
        Assert.Equal(["ImageCmdlets.Loader.dll"], Files("bin/core"));
        Assert.Equal(["ImageCmdlets.format.ps1xml", "ImageCmdlets.psd1", "ImageCmdlets.types.ps1xml", "LICENSE"], Files("."));
        Assert.Contains("ImageCmdlets.dll-Help.xml", Files("en-US"));
    }

    [Fact]
    public void EachEditionHasItsEngine()
    {
        Assert.Contains("ImageCmdlets.Engine.dll", Files(Modern));
        Assert.Contains("ImageCmdlets.Engine.dll", Files(Desktop));
    }

    [Fact]
    public void WindowsPowerShellGetsTheBuildsForDotNetFramework()
    {
        string client = Path.Combine(BuiltModule.Folder, Desktop, "Microsoft.Identity.Client.dll");
        using var file = new PEReader(File.OpenRead(client));
        MetadataReader metadata = file.GetMetadataReader();

        // Builds for .NET Framework refer to mscorlib, portable ones to netstandard, which lacks the broker, DPAPI and more.
        string[] references = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        Assert.Contains("mscorlib", references);
        Assert.DoesNotContain("netstandard", references);
    }

    [Fact]
    public void NoDependencyIsWhatPowerShellHasAlready()
    {
        // A second Contracts would be a second identity of every output type; a reference assembly has no code.
        string[] files = [.. Files(Modern), .. Files(Desktop), .. Files(Shared)];

        Assert.DoesNotContain("ImageCmdlets.Contracts.dll", files);
        Assert.DoesNotContain("ImageCmdlets.dll", files);
        Assert.DoesNotContain("System.Management.Automation.dll", files);
    }

    [Fact]
    public void WhatIsSharedIsNowhereElse() => Assert.Empty(Files(Shared).Intersect([.. Files(Modern), .. Files(Desktop)]));

    private string[] List(string key) =>
        [.. ((object[])LanguagePrimitives.ConvertTo(_manifest[key], typeof(object[]))).Cast<string>()];

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(Path.Combine(BuiltModule.Folder, folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
}
