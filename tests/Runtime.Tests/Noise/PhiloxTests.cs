using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Noise;

/// <summary>The known answers that Random123 publishes (examples/kat_vectors).</summary>
public class PhiloxTests
{
    public static TheoryData<int, uint[], uint[], uint[]> KnownAnswers => new()
    {
        { 7, [0, 0, 0, 0], [0, 0], [0x5f6fb709, 0x0d893f64, 0x4f121f81, 0x4f730a48] },
        { 7, [~0u, ~0u, ~0u, ~0u], [~0u, ~0u], [0x5207ddc2, 0x45165e59, 0x4d8ee751, 0x8c52f662] },
        { 7, [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], [0x4dfccaba, 0x190a87f0, 0xc47362ba, 0xb6b5242a] },
        { 10, [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        { 10, [~0u, ~0u, ~0u, ~0u], [~0u, ~0u], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
        { 10, [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0],
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1] },
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void GivesTheKnownAnswers(int rounds, uint[] counter, uint[] key, uint[] expected)
    {
        Philox.Words words = Philox.Generate(new(counter[0], counter[1], counter[2], counter[3]), (ulong)key[1] << 32 | key[0], rounds);
        Assert.Equal(new Philox.Words(expected[0], expected[1], expected[2], expected[3]), words);
    }

    [Fact]
    public void SevenRoundsUnlessAsked() =>
        Assert.Equal(Philox.Generate(new(1, 2, 3, 4), 5, 7), Philox.Generate(new(1, 2, 3, 4), 5));
}
