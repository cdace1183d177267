using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Tests.Vhds;

public sealed class DataRunsTests
{
    private const int Page = 512;

    [Fact]
    public void OnlyWhatHoldsSomethingIsARunAndSmallGapsTravelWithIt()
    {
        var bytes = new byte[TestVhd.MiB];
        bytes[0] = bytes[(20 * Page) + 511] = bytes[600 * Page] = bytes[^1] = 1;

        Assert.Equal(
            [new PagePiece(4096, 21 * Page), new PagePiece(4096 + (600 * Page), Page), new PagePiece(4096 + TestVhd.MiB - Page, Page)],
            DataRuns.Of(bytes, 4096));
        Assert.Empty(DataRuns.Of(new byte[Page], 0));
    }

    [Fact]
    public void WhateverIsWrittenInRunsIsWhatWasThere()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(400) * Page];
            for (int i = random.Next(30); i > 0 && bytes.Length > 0; i--)
                bytes[random.Next(bytes.Length)] = 7;
            var copy = new byte[bytes.Length];
            IReadOnlyList<PagePiece> runs = DataRuns.Of(bytes, 0);
            foreach (PagePiece run in runs)
                bytes.AsSpan((int)run.Offset, run.Length).CopyTo(copy.AsSpan((int)run.Offset));

            Assert.True(bytes.SequenceEqual(copy), $"seed {seed}");
            Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.First.Offset + pair.First.Length < pair.Second.Offset, $"seed {seed}"));
        }
    }

    [Fact]
    public void PiecesEndAtTheSamePlacesWhereverTheyBegin()
    {
        const int most = PagePiece.Longest;
        Assert.Equal([new PagePiece(512, most - 512), new PagePiece(most, 1024)], PagePiece.Of(512, most + 512));
        Assert.Equal([new PagePiece(most, most)], PagePiece.Of(most, most));
        Assert.Empty(PagePiece.Of(0, 0));
    }
}
