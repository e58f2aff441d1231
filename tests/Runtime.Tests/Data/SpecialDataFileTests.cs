using System.IO.Pipes;
using NoiseGen.Runtime.Tests.Storage;

namespace NoiseGen.Runtime.Tests.Data;

/// <summary>
/// A pipe, a socket, a device or a folder with a data file's name is refused by its kind: nothing waits for data that may never come.
/// </summary>
public sealed class SpecialDataFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => SpecialFile.Kinds;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task OfMnist(string kind) => await AssertRefused("train-images-idx3-ubyte", kind, () => Mnist.Load(_folder.Path));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task OfPackedMnist(string kind) => await AssertRefused("train-images.idx3-ubyte.gz", kind, () => Mnist.Load(_folder.Path));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task OfCifar10(string kind) => await AssertRefused("data_batch_1.bin", kind, () => Cifar10.Load(_folder.Path));

    /// <summary>Like <c>/dev/stdin</c> of a program whose input comes from another program.</summary>
    [UnixFact]
    public async Task OfAnInputThatIsAPipe()
    {
        if (!Directory.Exists("/proc/self/fd")) return;
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        File.CreateSymbolicLink(_folder.File("data_batch_1.bin"), $"/proc/self/fd/{pipe.GetClientHandleAsString()}");
        await AssertRefused(SpecialFile.Pipe, () => Cifar10.Load(_folder.Path));
    }

    [Fact]
    public void AFileWhereTheFolderShouldBeIsNamed()
    {
        _folder.Write("data", 1);
        string message = Assert.Throws<DataFileException>(() => Cifar10.Load(_folder.File("data"))).Message;
        Assert.Contains("found a file", message, StringComparison.Ordinal);
    }

    private async Task AssertRefused(string name, string kind, Func<DataSplit> load)
    {
        SpecialFile.Make(kind, _folder.File(name));
        await AssertRefused(kind, load);
    }

    private async Task AssertRefused(string kind, Func<DataSplit> load)
    {
        DataFileException refusal = await Assert.ThrowsAsync<DataFileException>(() => Task.Run(load).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(Directory.GetFileSystemEntries(_folder.Path).Single(), refusal.Path);
        Assert.Contains($"expected a regular file, found {SpecialFile.NameOf(kind)}.", refusal.Message, StringComparison.Ordinal);
    }
}
