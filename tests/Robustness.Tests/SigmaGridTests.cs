namespace NoiseGen.Tests;

public class SigmaGridTests
{
    [Fact]
    public void Default_grid_has_four_levels_to_a_decade() =>
        Assert.Equal(Enumerable.Range(0, 17)
            .Select(k => (float)Math.Pow(10, -2 + k / 4.0)), SigmaGrid.Default, (a, b) => Math.Abs(a - b) <= 1e-7f * b);

    [Fact]
    public void Both_ends_are_exact() =>
        Assert.Equal([0.03f, 0.7f], SigmaGrid.LogUniform(0.03f, 0.7f, 2).ToArray());

    [Theory]
    [InlineData(0f, 1f, 3, "first")]
    [InlineData(float.NaN, 1f, 3, "first")]
    [InlineData(1f, 1f, 3, "last")]
    [InlineData(1f, float.PositiveInfinity, 3, "last")]
    [InlineData(1f, 2f, 1, "count")]
    public void Wrong_values_are_named(float first, float last, int count, string parameter) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(() => SigmaGrid.LogUniform(first, last, count)).ParamName);
}
