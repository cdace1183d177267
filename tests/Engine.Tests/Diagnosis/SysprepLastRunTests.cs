using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Tests.Diagnosis;

public sealed class SysprepLastRunTests
{
    private const string Rule = "2026-01-05 08:00:00, Info                  SYSPRP ==============================\r\n";
    private const string Beginning = "2026-01-05 08:00:00, Info                  SYSPRP ===   Beginning of a new sysprep run   ===\r\n";

    [Fact]
    public void TheLastRunBeginsWithTheLineAboveIts()
    {
        const string Last = Rule + Beginning + Rule + "second\r\n";

        Assert.Equal(Last, SysprepLastRun.TextOf(Rule + Beginning + Rule + "first\r\n" + Last));
        Assert.True(SysprepLastRun.IsWhole(Last));
    }

    [Theory]
    [InlineData(Beginning + "only\r\n")]
    [InlineData("the end of a run\r\nof which the beginning is missing")]
    [InlineData("")]
    [InlineData("Beginning of a new sysprep run")]
    public void WhatBeginsNoOtherRunIsGivenWhole(string log) => Assert.Equal(log, SysprepLastRun.TextOf(log));

    [Fact]
    public void ALineOfTheRunBeforeDoesNotComeAlong() =>
        Assert.Equal(Beginning + "second\r\n", SysprepLastRun.TextOf("the first run's last line\r\n" + Beginning + "second\r\n"));
}
