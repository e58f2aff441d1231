namespace NoiseGen.Tests;

/// <summary>What the test assembly does when a test runs it as a process of its own.</summary>
internal static class Program
{
    private static int Main() => 0;
}
