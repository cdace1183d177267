using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>The number that follows.</summary>
public sealed class VersionNumberTests
{
    // The example of Azure Image Builder's documentation of the versioning scheme Latest.
    private static readonly Version[] s_documented =
        [.. ((string[])["0.1.1", "0.1.2", "1.0.0", "1.0.1", "1.1.0", "1.1.1", "1.2.0", "2.0.0", "2.0.1", "2.1.0"]).Select(Version.Parse)];

    private static readonly DateTimeOffset s_day = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "2.1.1")]
    [InlineData(2, "2.1.1")]
    [InlineData(1, "1.2.1")]
    [InlineData(0, "0.1.3")]
    public void ItIsAsTheDocumentationOfImageBuilderSays(int? major, string expected) =>
        Assert.Equal(expected, VersionNumber.Next(s_documented, VersionIncrement.Patch, major, s_day).ToString());

    [Theory]
    [InlineData("1.9.9", VersionIncrement.Patch, null, "1.9.10")]
    [InlineData("1.9.9", VersionIncrement.Minor, null, "1.10.0")]
    [InlineData("1.9.9", VersionIncrement.Major, null, "2.0.0")]
    [InlineData("", VersionIncrement.Patch, null, "1.0.0")]
    [InlineData("", VersionIncrement.Patch, 7, "7.0.0")]
    [InlineData("1.9.9 1.10.0", VersionIncrement.Patch, null, "1.10.1")]
    [InlineData("1.9.9 3.0.0", VersionIncrement.Minor, 1, "1.10.0")]
    [InlineData("1.9.9", VersionIncrement.Date, null, "2026.105.0")]
    [InlineData("2026.105.0 2026.105.9", VersionIncrement.Date, null, "2026.105.10")]
    [InlineData("2026.104.3", VersionIncrement.Date, null, "2026.105.0")]
    public void OneGoesUp(string present, VersionIncrement increment, int? major, string expected) =>
        Assert.Equal(expected, VersionNumber.Next(present.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Version.Parse), increment, major, s_day).ToString());

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.0.0.0")]
    [InlineData("v1.0.0")]
    [InlineData("1.0.-1")]
    [InlineData("1.0.2147483648")]
    [InlineData("latest")]
    public void OtherFormsAreRefused(string text) =>
        Assert.Equal(ErrorIds.InvalidResourceName, Assert.Throws<ImageCmdletsException>(() => VersionNumber.Require(text)).ErrorId);

    [Theory]
    [InlineData("", "Write three whole numbers, such as 1.0.0.")]
    [InlineData(", or leave -Version out", "Write three whole numbers, such as 1.0.0, or leave -Version out.")]
    public void TheAdviceNamesOnlyWhatTheCommandHas(string orElse, string advice) =>
        Assert.Equal(advice, Assert.Throws<ImageCmdletsException>(() => VersionNumber.Require("1.*", orElse)).RecommendedAction);

    [Fact]
    public void TheGreatestNumberHasNoNext() =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<ImageCmdletsException>(() => VersionNumber.Next([new Version(1, 0, int.MaxValue)], VersionIncrement.Patch, null, s_day)).ErrorId);
}
