using System.Text;

namespace NoiseGen.TensorBoard.Tests;

public sealed class TensorBoardLogTests : IDisposable
{
    private static readonly EpochResult s_first =
        new(1, 1.5, 0.25, 0.01f, 1000, TimeSpan.FromSeconds(2)) { Validation = new(1.25, 40, 100) };
    private static readonly EpochResult s_second = new(2, 0.5, double.NaN, 0.005f, 1000, TimeSpan.FromSeconds(2));

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen-tensorboard").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AHistoryIsReadBackAsItIs()
    {
        string file = new TrainingHistory([s_first, s_second]).WriteTensorBoard(Path.Combine(_folder, "new", "run"));

        Event[] events = EventReader.Read(File.ReadAllBytes(file));

        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.InRange(events[0].Time, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60);
        Assert.Equal(1, events[1].Step);
        Assert.Equal(
            [("loss/train", 1.5f), ("loss/validation", 1.25f), ("accuracy/train", 0.25f), ("accuracy/validation", 0.4f),
                ("learning rate", 0.01f), ("images per second", 500f)],
            events[1].Values);
        Assert.Equal(2, events[2].Step);
        // with targets there is no accuracy
        Assert.Equal([("loss/train", 0.5f), ("learning rate", 0.005f), ("images per second", 500f)], events[2].Values);
        Assert.Equal(3, events.Length);
    }

    [Fact]
    public void ARunIsReadableWhileItGoesOn()
    {
        using var log = new TensorBoardLog(_folder);
        log.Write(s_first);
        log.Write("mine/µ", 300, 0.75);
        using FileStream other = new(log.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] content = new byte[other.Length];
        other.ReadExactly(content);
        Event last = EventReader.Read(content)[^1];
        Assert.Equal((300L, "mine/µ", 0.75f), (last.Step, last.Values[0].Tag, last.Values[0].Value));
    }

    [Fact]
    public void TwoLogsOfOneSecondHaveFilesOfTheirOwn()
    {
        using TensorBoardLog one = new(_folder), other = new(_folder);
        Assert.NotEqual(one.Path, other.Path);
        Assert.All([one.Path, other.Path], path => Assert.StartsWith("events.out.tfevents.", Path.GetFileName(path)));
    }

    /// <summary>RFC 3720, B.4, and the check value of the CRC catalogue.</summary>
    [Fact]
    public void TheChecksumIsCastagnolis()
    {
        Assert.Equal(0xE3069283u, RecordFile.Crc32C(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, RecordFile.Crc32C(new byte[32]));
        Assert.Equal(0xE3069283u, EventReader.Crc(Encoding.ASCII.GetBytes("123456789")));
    }
}
