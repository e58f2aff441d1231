using System.Globalization;
using NoiseGen.Tests.Properties;

namespace NoiseGen.Tests;

/// <summary>The entry point of the tests' child processes, and of <see cref="KillRun"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is [KillRun.Name, var minutes]) return KillRun.Run(double.Parse(minutes, CultureInfo.InvariantCulture));
        Child.Work(arguments);
        return 0;
    }
}
