using NoiseGen.Tests.Properties;

namespace NoiseGen.Tests;

/// <summary>The entry point of the tests' child processes.</summary>
internal static class Program
{
    private static void Main(string[] arguments) => Child.Work(arguments);
}
