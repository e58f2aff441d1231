using Spectre.Console;

namespace Harden.Progress;

/// <summary>Shows progress as moving bars, or as plain lines if the output is redirected.</summary>
internal static class Terminal
{
    private const int PlainWidth = 120; // a file has no width; most readers' windows have at least this

    public static IAnsiConsole Console()
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (System.Console.IsOutputRedirected) console.Profile.Width = Math.Max(console.Profile.Width, PlainWidth);
        return console;
    }

    /// <summary>Writes a line, folded nowhere but by the terminal itself: paths can be selected as they are.</summary>
    public static void Tell(string line)
    {
        System.Console.Out.WriteLine(line);
        System.Console.Out.Flush();
    }

    /// <summary>Runs a job and shows its progress.</summary>
    public static JobResult Show(IAnsiConsole console, Func<IJobProgress, JobResult> run) =>
        System.Console.IsOutputRedirected || !console.Profile.Capabilities.Interactive
            ? run(new PlainProgress(System.Console.Out))
            : LiveProgress.Show(console, run);
}
