using Harden.Experiments;
using Harden.Report;

namespace NoiseGen.Tests;

/// <summary>Files of results as earlier versions wrote them, all cells in one.</summary>
internal static class ResultsLines
{
    public static string Of(RunKey run, IEnumerable<Measurement> measurements) => string.Concat(measurements
        .Select(m => string.Join(
            ',', run.Of(m.Cell), m.Site, Numbers.Exact(m.NoiseFree), Number(m.AtTraining), Number(m.UnderSpread), Number(m.Midpoint?.Mu),
            Number(m.Midpoint?.StandardError),
            m.NoMidpoint is { } reason ? CsvText.Quoted(reason) : ""))
        .Prepend(ResultsColumns.Header([.. ResultsColumns.Key, .. ResultsColumns.Curve])).Select(line => line + "\n"));

    private static string Number(double? value) => value is { } number && !double.IsNaN(number) ? Numbers.Exact(number) : "";
}
