using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Noise;

/// <summary>Generated loops drop the same outputs as the definition.</summary>
public class DropoutTests
{
    private static readonly NoiseKey Key = new(0x123456789ABCDEF0, 77, false);

    [Theory]
    [InlineData(1, 1, 0.5f)]
    [InlineData(3, 5, 0.2f)]
    [InlineData(2, 3, 0f)]
    [InlineData(4, 2, 0.9f)]
    [InlineData(7, 1, 0.5f)]
    public void EveryLaneFollowsTheDefinition(int width, int channels, float rate)
    {
        const int stage = 3, image = 64, rows = 2;
        var shape = new Shape(channels, rows, width);
        int elements = width * channels, groups = (elements + 3) / 4;
        Arena values = new(rows * elements * 32), gradients = new(rows * elements * 32);
        values.Span(0, values.Length).Fill(3f);
        gradients.Span(0, values.Length).Fill(5f);
        ushort[] marks = new ushort[rows * elements * 2];
        var lanes = new DropoutLanes(new NoisePass(Key, [], 0), stage, image, rate, ref new Arena(DropoutLanes.Workspace).At(0));
        for (int row = 0; row < rows; row++)
            DropoutRow.Apply(ref values.At(row * elements * 32), ref marks[row * elements * 2], elements, row * groups, lanes);
        DropoutRow.Gradient(ref gradients.At(0), ref marks[0], rows * elements * 2, rate);

        for (int i = 0; i < values.Length; i++)
        {
            int row = i / 32 / elements, element = i / 32 % elements;
            bool kept = Dropout.Keeps(Key, stage, image + i % 32, shape, element % channels, row, element / channels, rate);
            Assert.Equal(kept ? 3f * (1f / (1f - rate)) : 0f, values.At(i));
            Assert.Equal(kept ? 5f * (1f / (1f - rate)) : 0f, gradients.At(i));
            Assert.Equal(!kept, (marks[i / 16] >> (i % 16) & 1) != 0);
        }
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    public void TheShareThatIsDroppedIsTheRate(float rate)
    {
        const int count = 100_000;
        int dropped = Enumerable.Range(0, count).Count(image => !Dropout.Keeps(Key, 0, image, new Shape(1), 0, 0, 0, rate));
        Assert.Equal(rate, dropped / (double)count, 5 * Math.Sqrt(rate * (1 - rate) / count));
    }

    [Fact]
    public void DecisionsDoNotRepeatTheNoiseOfTheSameIndex()
    {
        // A negative sample has its top bit clear, which a rate of one half drops: from the same stream they would always agree.
        int agree = Enumerable.Range(0, 1000).Count(image =>
            Dropout.Keeps(Key, 2, image, new Shape(1), 0, 0, 0, 0.5f) == GaussianNoise.Sample(Key, 2, image, new Shape(1), 0, 0, 0) < 0);
        Assert.InRange(agree, 400, 600);
    }
}
