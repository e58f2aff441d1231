using NoiseGen.Benchmarks.Roofline;

namespace NoiseGen.Runtime.Tests.Benchmarks;

/// <summary>The benchmarks' operation counts, compared with counts by hand.</summary>
public class MultiplicationsTests
{
    [Theory]
    [InlineData(3, 1, 1, 4, 4, 100)] // along one direction 2 + 3 + 3 + 2 taps are inside the map
    [InlineData(3, 2, 1, 4, 2, 25)] // 2 + 3
    [InlineData(3, 1, 0, 4, 2, 36)] // no padding
    [InlineData(1, 2, 0, 4, 2, 4)]
    [InlineData(5, 1, 2, 2, 2, 16)] // a kernel wider than the map: 2 + 2
    public void TapsOnPaddingAreLeftOut(int kernel, int stride, int padding, int input, int output, double expected)
    {
        LinearDescription convolution = Convolution(1, kernel, stride, padding, groups: 1);

        Assert.Equal(expected, Multiplications.Direct(convolution, new Shape(1, input, input), new Shape(1, output, output)));
    }

    [Fact]
    public void RowsAndColumnsAreCountedApart()
    {
        LinearDescription convolution = new LinearDescription.Conv2d(1, new Window(3, 1, 1, 2, 1, 0), Groups: 1, HasBiases: false);

        // Rows: 2 + 3 + 3 + 2 taps; columns: 3 outputs of one tap.
        Assert.Equal(10 * 3, Multiplications.Direct(convolution, new Shape(1, 4, 6), new Shape(1, 4, 3)));
    }

    [Fact]
    public void EachOutputMeetsTheChannelsOfItsGroup()
    {
        LinearDescription convolution = Convolution(6, 3, 2, 1, groups: 2);

        Assert.Equal(25 * 2 * 6, Multiplications.Direct(convolution, new Shape(4, 4, 4), new Shape(6, 2, 2)));
    }

    [Fact]
    public void DenseLayersMeetEveryInput() =>
        Assert.Equal(18 * 10, Multiplications.Direct(new LinearDescription.Dense(10, HasBiases: true), new Shape(2, 3, 3), new Shape(10)));

    [Theory]
    [InlineData(2, 16, 4, 16 * 4 * 6)]
    [InlineData(2, 16, 5, 16 * 9 * 6)] // tiles beyond the edge are computed too
    [InlineData(4, 36, 8, 36 * 4 * 6)]
    public void TransformsTakeTheirProductsForASquare(int side, int products, int size, double expected) =>
        Assert.Equal(expected,
            Multiplications.Squares(new SquareTransforms("", "", side, products), new Shape(2, size, size), new Shape(3, size, size)));

    private static LinearDescription.Conv2d Convolution(int channels, int kernel, int stride, int padding, int groups) =>
        new(channels, new Window(kernel, kernel, stride, stride, padding, padding), groups, HasBiases: false);
}
