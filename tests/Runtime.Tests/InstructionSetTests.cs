using System.Diagnostics;

namespace NoiseGen.Runtime.Tests;

public class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")] // and with it AVX-512
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void TheBitsAreTheSameWithout(string instructions)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(Digest).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[instructions] = "0";
        using Process child = Process.Start(start)!;
        string digest = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
        Assert.Equal(Digest.OfEverything(), digest);
    }
}
