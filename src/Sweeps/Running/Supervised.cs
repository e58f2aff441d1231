using NoiseGen.Storage;
using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Running;

/// <summary>A process that another one has started to train cells beside it.</summary>
internal static class Supervised
{
    /// <summary>Ends the work when the one that started this process ends, however that is: its end of the pipe closes.</summary>
    public static void EndWithParent(Interruption interruption) => new Thread(() =>
    {
        Span<byte> nothing = stackalloc byte[1];
        using Stream input = Console.OpenStandardInput();
        while (input.Read(nothing) > 0)
        {
        }

        interruption.Request();
    }) { IsBackground = true, Name = "parent" }.Start();

    /// <summary>Has what the program writes to the console in a file of the log: the terminal is the other process's.</summary>
    public static StreamWriter Log(CellFolder folder)
    {
        var log = new StreamWriter(LogOf(folder, Environment.ProcessId), append: true) { AutoFlush = true };
        Console.SetOut(log);
        Console.SetError(log);
        return log;
    }

    /// <summary>The last line of that file, of another process of this machine.</summary>
    public static string LastWords(CellFolder folder, int process)
    {
        try
        {
            return File.ReadLines(LogOf(folder, process)).LastOrDefault(line => line.Length > 0) ?? "It said nothing.";
        }
        catch (IOException)
        {
            return "It said nothing.";
        }
    }

    /// <summary>Removes that file where the program said nothing.</summary>
    public static void DiscardEmptyLog(CellFolder folder, int process)
    {
        if (new FileInfo(LogOf(folder, process)) is { Exists: true, Length: 0 } empty) WholeFile.Discard(empty.FullName);
    }

    private static string LogOf(CellFolder folder, int process) =>
        Path.Combine(folder.LogFolder, FormattableString.Invariant($"{Environment.MachineName}-{process}.log"));
}
