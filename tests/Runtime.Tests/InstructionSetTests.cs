namespace NoiseGen.Runtime.Tests;

public class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")] // and with it AVX-512
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    [InlineData("DOTNET_TieredPGO", "0")]
    [InlineData("DOTNET_TieredCompilation", "0")]
    [InlineData("DOTNET_gcServer", "1")]
    public void TheBitsAreTheSameWith(string setting, string value) =>
        Assert.Equal(Digest.OfEverything(), Child.Run(new Dictionary<string, string> { [setting] = value }, Child.Bits));
}
