using NoiseGen.Storage;
using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Running;

/// <summary>A process that was started by another one to train cells.</summary>
internal static class Supervised
{
    internal const string WorkerOption = "--worker";

    /// <summary>Ends the work when the parent process ends for whatever reason: its end of the pipe closes.</summary>
    public static void EndWithParent(Interruption interruption) => new Thread(() =>
    {
        Span<byte> nothing = stackalloc byte[1];
        using Stream input = Console.OpenStandardInput();
        while (input.Read(nothing) > 0)
        {
        }

        interruption.Request();
    }) { IsBackground = true, Name = "parent" }.Start();

    /// <summary>Redirects the console to a log file: the terminal belongs to the parent process.</summary>
    public static StreamWriter Log(CellFolder folder)
    {
        var log = new StreamWriter(LogOf(folder, Environment.ProcessId), append: true) { AutoFlush = true };
        Console.SetOut(log);
        Console.SetError(log);
        return log;
    }

    /// <summary>The last line of the log file of another process on this machine.</summary>
    public static string LastWords(CellFolder folder, int process)
    {
        try
        {
            return File.ReadLines(LogOf(folder, process)).LastOrDefault(line => line.Length > 0) ?? "It printed nothing.";
        }
        catch (IOException)
        {
            return "It printed nothing.";
        }
    }

    /// <summary>Removes the log file if the program wrote nothing.</summary>
    public static void DiscardEmptyLog(CellFolder folder, int process)
    {
        if (new FileInfo(LogOf(folder, process)) is { Exists: true, Length: 0 } empty) WholeFile.Discard(empty.FullName);
    }

    private static string LogOf(CellFolder folder, int process) =>
        Path.Combine(folder.LogFolder, FormattableString.Invariant($"{Environment.MachineName}-{process}.log"));
}
