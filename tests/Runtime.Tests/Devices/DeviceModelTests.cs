using System.Runtime.Intrinsics;

namespace NoiseGen.Runtime.Tests.Devices;

/// <summary>The models of memory cells against numbers that were computed from their papers' formulas in double precision.</summary>
public class DeviceModelTests
{
    private const float Hour = 3600f, Day = 86400f, Year = 365 * Day;

    [Theory]
    [InlineData(0f, 0.01054)]
    [InlineData(0.1f, 0.01793)]
    [InlineData(0.25f, 0.02726)]
    [InlineData(0.5f, 0.03811)]
    [InlineData(1f, 0.04222)]
    public void PcmIsProgrammedWithItsDeviation(float target, double deviation) =>
        Assert.Equal(deviation, Programmed<Pcm>(target, 1f) - target, 5e-6);

    [Theory]
    [InlineData(1f, 1f, 0.99761)]
    [InlineData(0.1f, 1f, 0.99707)]
    [InlineData(1f, Hour, 0.77513)]
    [InlineData(0.1f, Hour, 0.73170)]
    [InlineData(1f, Day, 0.66352)]
    [InlineData(0.1f, Day, 0.60470)]
    [InlineData(1f, Year, 0.49695)]
    [InlineData(0.1f, Year, 0.42420)]
    public void PcmDrifts(float target, float seconds, double share) =>
        Assert.Equal(share, Aged<Pcm>(target, target, seconds, 0f, 0f) / target, 5e-6);

    [Theory]
    [InlineData(0f, 0.03682)]
    [InlineData(Hour, 0.04193)]
    [InlineData(Day, 0.04476)]
    [InlineData(Year, 0.04961)]
    public void PcmFluctuates(float seconds, double share) => Assert.Equal(share, ReadDeviation<Pcm>(1f, 1f, seconds), 5e-6);

    [Fact]
    public void PcmFromProgrammingToReading()
    {
        float programmed = Programmed<Pcm>(0.5f, 1f), aged = Aged<Pcm>(programmed, 0.5f, Day, 1f, -1f);
        float deviation = ReadDeviation<Pcm>(aged, 0.5f, Day);
        Assert.Equal(0.5381082, programmed, 1e-6);
        Assert.Equal(0.3817778, aged, 1e-6);
        Assert.Equal(0.0702421, deviation / aged, 1e-6);
        Assert.Equal(0.4085947, aged + deviation, 1e-6);
    }

    [Fact]
    public void DriftScaleMultipliesPcmsExponent()
    {
        double ratio = (Day + 20.0) / 20.0;
        Assert.Equal(Math.Pow(ratio, -0.049 * 1.5), Aged<Pcm>(1f, 1f, Day, 0f, 0f, driftScale: 1.5f), 1e-6);
        Assert.Equal(1.0, Aged<Pcm>(1f, 1f, Day, 0f, 0f, driftScale: 0f));
    }

    [Theory]
    [InlineData(0f, 0.00870, 0.01752)]
    [InlineData(0.25f, 0.05646, 0.09302)]
    [InlineData(0.5f, 0.05057, 0.09772)]
    [InlineData(1f, 0.02757, 0.06627)]
    public void ReramsDeviationGrows(float target, double afterOneSecond, double afterADay)
    {
        Assert.Equal(afterOneSecond, Programmed<Reram>(target, 1f) - target, 6e-6);
        Assert.Equal(afterOneSecond, Aged<Reram>(0f, target, 1f, 1f, 0f) - target, 6e-6);
        Assert.Equal(afterADay, Aged<Reram>(0f, target, Day, 1f, 0f) - target, 6e-6);
    }

    [Fact]
    public void ReramIsLinearInTheLogarithmOfTime()
    {
        Assert.Equal(0.08454, Aged<Reram>(0f, 0.5f, Hour, 1f, 0f) - 0.5f, 6e-6);
        Assert.Equal(Aged<Reram>(0f, 0.5f, 2 * Day, 1f, 0f), Aged<Reram>(0f, 0.5f, Year, 1f, 0f));
        Assert.Equal(Aged<Reram>(0f, 0.5f, 1f, 1f, 0f), Aged<Reram>(0f, 0.5f, 0f, 1f, 0f));
        Assert.Equal(0.004, ReadDeviation<Reram>(0.4f, 0.5f, Day), 1e-7);
    }

    [Fact]
    public void IdealCellsStay()
    {
        Assert.Equal(0.3f, Programmed<Ideal>(0.3f, 2f));
        Assert.Equal(0.3f, Aged<Ideal>(0.3f, 0.3f, Year, 2f, 2f));
        Assert.Equal(0f, ReadDeviation<Ideal>(0.3f, 0.3f, Year));
    }

    private static float Programmed<TDevice>(float target, float sample)
        where TDevice : struct, IMemoryDevice => TDevice.Programmed(Lanes(target), Lanes(sample)).ToScalar();

    private static float Aged<TDevice>(
        float programmed, float target, float seconds, float programmingSample, float sample, float driftScale = 1f)
        where TDevice : struct, IMemoryDevice => TDevice.Aged(
            Lanes(programmed), Lanes(target), new CellAge(Lanes(seconds), Lanes(driftScale)), Lanes(programmingSample), Lanes(sample))
        .ToScalar();

    private static float ReadDeviation<TDevice>(float aged, float target, float seconds)
        where TDevice : struct, IMemoryDevice =>
        TDevice.ReadDeviation(Lanes(aged), Lanes(target), new CellAge(Lanes(seconds), Lanes(1f))).ToScalar();

    private static Vector512<float> Lanes(float value) => Vector512.Create(value);
}
