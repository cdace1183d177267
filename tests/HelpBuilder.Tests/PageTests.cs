using ImageCmdlets.HelpBuilder.Commands;
using ImageCmdlets.HelpBuilder.Pages;

namespace ImageCmdlets.HelpBuilder.Tests;

/// <summary>Pages are read as they were written, brought up to date, and found fault with.</summary>
public sealed class PageTests
{
    [Fact]
    public void APageIsReadAsItWasWritten()
    {
        string written = PageWriter.Write(SamplePage.Page());

        Assert.Equal(written, PageWriter.Write(PageReader.Read(written)));
    }

    [Fact]
    public void AHashInCodeIsNoHeading()
    {
        HelpPage page = PageReader.Read(PageWriter.Write(SamplePage.Page()));

        Assert.Equal(["Example 1: One", "Example 2: All"], page.Examples.Select(example => example.Title));
        Assert.Contains("# Not a heading", page.Examples[1].Prose, StringComparison.Ordinal);
    }

    [Fact]
    public void AGoodPageHasNoFaults() =>
        Assert.Empty(PageCheck.Faults(PageWriter.Write(SamplePage.Page()), SamplePage.Command()));

    [Fact]
    public void UpdateKeepsProseAndTakesFactsFromTheCommand()
    {
        HelpPage stale = SamplePage.Page() with { Syntax = [] };
        stale.Parameters[1].Facts.DefaultValue = "every name";

        HelpPage updated = PageUpdate.Apply(stale, SamplePage.Command());

        Assert.Equal("Get-Thing [[-Name] <string[]>] [-Force] [<CommonParameters>]", Assert.Single(updated.Syntax).Text);
        HelpParameter name = Assert.Single(updated.Parameters, parameter => parameter.Name == "Name");
        Assert.Equal(("The author's words.", "every name", "System.String[]"), (name.Prose, name.Facts.DefaultValue, name.Facts.Type));
    }

    [Fact]
    public void UpdateTakesTheWordsOfTheSourceWhereTheAuthorHasNone()
    {
        HelpPage updated = PageUpdate.Apply(null, SamplePage.Command());

        Assert.Equal("Gets things.", updated.Synopsis);
        Assert.Equal("The name from the source.", Assert.Single(updated.Parameters, parameter => parameter.Name == "Name").Prose);
    }

    [Fact]
    public void ARenamedParameterIsAFault()
    {
        string page = PageWriter.Write(SamplePage.Page());

        Assert.Equal(
            ["syntax, parameters or form are stale: run update"],
            PageCheck.Faults(page, SamplePage.Command(parameter: "Id")));
    }

    [Fact]
    public void WhatNobodyWroteIsAFault()
    {
        string page = PageWriter.Write(PageUpdate.Apply(null, SamplePage.Command()));

        Assert.Equal(
            [
                "the description is missing",
                "it has fewer than 2 examples",
                "the description of -Force is missing",
                "nothing is said of System.String[]",
            ],
            PageCheck.Faults(page, SamplePage.Command()));
    }
}
