namespace Harden.Experiments;

/// <summary>A results file is not as this program writes it. The message has file, line, what was found, and what is allowed.</summary>
internal sealed class ResultsFileException(string path, string problem) : IOException($"{path}{problem}")
{
    public static ResultsFileException AtLine(string path, int line, string problem) =>
        new(path, FormattableString.Invariant($", line {line}: {problem}"));
}
