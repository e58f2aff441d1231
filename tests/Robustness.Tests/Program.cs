namespace NoiseGen.Tests;

/// <summary>The entry point of the tests' child processes.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => Cultures.CultureChild.Work(arguments);
}
