using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Tests.Vhds;

/// <summary>Which files Azure can take, and what is said of the others.</summary>
public sealed class LocalVhdTests : IDisposable
{
    private const int Size = 20 * TestVhd.MiB;
    private readonly string _path = Path.GetTempFileName();

    [Theory]
    [InlineData("a VHDX", "is a VHDX", "Convert-VHD")]
    [InlineData("a QCOW2 image", "is a QCOW2 image", "qemu-img convert -f qcow2 -O vpc -o subformat=fixed,force_size")]
    [InlineData("raw bytes", "has no footer of a VHD", "qemu-img convert -f raw")]
    [InlineData("nothing", "has no footer of a VHD", "qemu-img convert -f raw")]
    [InlineData("a dynamic VHD", "is a dynamic VHD", "-VHDType Fixed")]
    [InlineData("a differencing VHD", "is a differencing VHD", "-VHDType Fixed")]
    [InlineData("one that was cut off", "has 4608 bytes, and its footer tells of 20972032", "Make it anew")]
    [InlineData("half a MiB too much", "is no whole number of MiB", "Resize-VHD")]
    [InlineData("one that is too small", "is of 1 MiB", "fixed-size")]
    [InlineData("a damaged footer", "checksum is wrong", "Make it anew")]
    public void WhatAzureWouldRefuseIsRefusedWithTheWayOut(string what, string problem, string advice)
    {
        File.WriteAllBytes(_path, Wrong(what));

        ImageCmdletsException error = Assert.Throws<ImageCmdletsException>(() => LocalVhd.Read(_path));

        Assert.Equal((ErrorIds.InvalidVhd, (object)_path), (error.ErrorId, error.Target));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void AFixedVhdIsTaken()
    {
        File.WriteAllBytes(_path, TestVhd.Make(Size, (4096, 512)));

        LocalVhd vhd = LocalVhd.Read(_path);

        Assert.Equal((_path, Size + 512L), (vhd.FilePath, vhd.Length));
        Assert.Equal("00002a", vhd.UniqueId[..6]);
    }

    [Fact]
    public void AFileThatIsMissingIsNamed() =>
        Assert.Equal(ErrorIds.FileNotFound, Assert.Throws<ImageCmdletsException>(() => LocalVhd.Read(_path + ".none")).ErrorId);

    public void Dispose() => File.Delete(_path);

    private static byte[] Wrong(string what) => what switch
    {
        "a VHDX" => [.. "vhdxfile"u8, .. new byte[4096]],
        "a QCOW2 image" => [.. "QFI"u8, 0xFB, .. new byte[4096]],
        "raw bytes" => new byte[4096],
        "nothing" => [],
        "a dynamic VHD" => [.. TestVhd.Footer(Size, type: 3), .. new byte[4096], .. TestVhd.Footer(Size, type: 3)],
        "a differencing VHD" => [.. new byte[512], .. TestVhd.Footer(Size, type: 4)],
        "one that was cut off" => [.. new byte[4096], .. TestVhd.Footer(Size)],
        "half a MiB too much" => TestVhd.Make(Size + (TestVhd.MiB / 2)),
        "one that is too small" => TestVhd.Make(TestVhd.MiB),
        "a damaged footer" => [.. new byte[Size], .. Damaged()],
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static byte[] Damaged()
    {
        byte[] footer = TestVhd.Footer(Size);
        footer[30]++;
        return footer;
    }
}
