using NoiseGen.Benchmarks.Commands;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Limits;
using NoiseGen.Benchmarks.Tracing;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Roofline;

/// <summary>
/// A step's profile beside what the processor can do. Times are those of all threads, divided by the threads; rates are over all threads.
/// </summary>
/// <param name="profile">The profile.</param>
/// <param name="workload">The batch that it was measured with.</param>
/// <param name="peak">The multiply-add peak of as many threads, in GFLOP/s.</param>
/// <param name="bandwidth">The bandwidths of as many threads.</param>
internal sealed class RooflineReport(StepProfile profile, Workload workload, double peak, Bandwidth bandwidth)
{
    private const int Lanes = 32;

    private readonly LinearCall[] _linear =
    [
        .. from call in profile.Calls
           let pass = LinearPass.Of(call.Site, profile.Network)
           where pass is not null && call.Time.Count > 0
           orderby call.Site.Stage, pass.Kind
           select new LinearCall(pass, call.Time),
    ];

    private readonly (CallSite Site, CallTime Time)[] _others =
        [.. profile.Calls.Where(call => LinearPass.Of(call.Site, profile.Network) is null && call.Time.Count > 0)];

    // Without batch norms one block goes through the whole network before the next; with them every stage sees the whole batch.
    private readonly bool _isDepthFirst = profile.Network.Stages.All(stage => stage.Norm is null);

    /// <summary>A row for each distinct kernel.</summary>
    public Table Linear()
    {
        var table = new Table { Title = new TableTitle("Linear operations") };
        table.AddColumns("kernel", "pass").AddColumns(
            Report.Right("stages"), Report.Right("ms"), Report.Right("GFLOP/s,\ntextbook"), Report.Right("GFLOP/s,\ndone"),
            Report.Right("share\nof peak"),
            Report.Right("MB"), Report.Right("GB/s"));
        foreach (IGrouping<(string, LinearPassKind, SquareTransforms?), LinearCall> group in _linear.GroupBy(
            call => (call.Pass.Kernel, call.Pass.Kind, call.Pass.Transforms)))
        {
            (string kernel, LinearPassKind kind, SquareTransforms? transforms) = group.Key;
            double milliseconds = Wall(group.Sum(call => call.Time.Milliseconds));
            double bytes = group.Sum(call => workload.Batch * call.Pass.ImageBytes + call.Pass.WeightBytes);
            double done = Rate(group.Sum(call => call.Pass.Done), milliseconds);
            table.AddRow(
                kernel, NameOf(kind) + (transforms is null ? "" : $", {transforms.Title}"), $"{group.Count()}", $"{milliseconds:F3}",
                $"{Rate(group.Sum(call => call.Pass.Textbook), milliseconds):F0}",
                $"{done:F0}", $"{done / peak:P0}", $"{bytes / 1e6:F1}", $"{bytes / milliseconds / 1e6:F1}");
        }

        return table;
    }

    /// <summary>A row for each elementwise pass, and each level of memory that its data lies in.</summary>
    public Table Elementwise()
    {
        var table = new Table { Title = new TableTitle("Everything else in the generated code") };
        table.AddColumns("pass").AddColumns(Report.Right("places"), Report.Right("ms"), Report.Right("MB"), Report.Right("GB/s"));
        table.AddColumn("beside").AddColumn(Report.Right("share"));
        var passes = from call in _others
                     let traffic = Traffic.Of(call.Site, profile.Network, workload.Batch, call.Time.Count)
                     group (call.Time, Traffic: traffic) by (call.Site.Name, Level: traffic is { } known
                         ? LevelOf(known, _isDepthFirst && !IsPacking(call)) : (MemoryLevel?)null);
        foreach (var pass in passes.OrderByDescending(pass => pass.Sum(call => call.Time.Milliseconds)))
        {
            double milliseconds = Wall(pass.Sum(call => call.Time.Milliseconds));
            string[] start = [pass.Key.Name, $"{pass.Count()}", $"{milliseconds:F3}"];
            if (pass.Key.Level is not { } level)
            {
                table.AddRow([.. start, "–", "–", "–", "–"]);
                continue;
            }

            Traffic traffic = pass.Aggregate(default(Traffic), (sum, call) => sum + call.Traffic!.Value);
            double rate = traffic.Bytes / milliseconds * 1e3;
            table.AddRow([.. start, $"{traffic.Bytes / 1e6:F1}", $"{rate / 1e9:F1}", $"{NameOf(level)} {NameOf(traffic.Kind)}",
                $"{rate / bandwidth[level, traffic.Kind]:P0}"]);
        }

        return table;
    }

    /// <summary>The parts of a whole step.</summary>
    public Table Step()
    {
        double step = profile.TracedStep.Median, linear = Wall(_linear.Sum(call => call.Time.Milliseconds));
        double packing = Wall(_others.Where(IsPacking).Sum(call => call.Time.Milliseconds));
        double elementwise = Wall(_others.Where(call => !IsPacking(call)).Sum(call => call.Time.Milliseconds));
        double load = Wall(profile.Load.Milliseconds), update = Wall(profile.Update.Milliseconds);
        var table = new Table { Title = new TableTitle("The training step") };
        table.AddColumn("part").AddColumns(Report.Right("ms"), Report.Right("share"));
        void Add(string name, double milliseconds) => table.AddRow(name, $"{milliseconds:F3}", $"{milliseconds / step:P1}");
        Add("linear operations", linear);
        Add("everything else in the generated code", elementwise);
        Add("packing weights", packing);
        Add("images into lanes", load);
        Add("the optimizer's update", update);
        Add("the rest: quantizing weights, losses, threads that wait", step - linear - elementwise - packing - load - update);
        Add("the whole step, with time stamps", step);
        table.AddEmptyRow();
        Add("the whole step, without", profile.Step.Median);
        Add("its arithmetic alone, at the peak: by the textbook", workload.Batch * Flops.Training(profile.Network) / peak / 1e6);
        Add("its arithmetic alone, at the peak: as done", workload.Batch * _linear.Sum(call => call.Pass.Done) / peak / 1e6);
        return table;
    }

    /// <summary>A level's name.</summary>
    public static string NameOf(MemoryLevel level) => level == MemoryLevel.Dram ? "DRAM" : $"{level}";

    private static bool IsPacking((CallSite Site, CallTime Time) call) =>
        call.Site.Name.StartsWith("WeightPacking.", StringComparison.Ordinal);

    // The level that holds the pass's data until the next pass comes to it.
    private MemoryLevel LevelOf(Traffic traffic, bool isByBlock)
    {
        double together = isByBlock ? traffic.Bytes * Lanes * workload.Threads / workload.Batch : traffic.Bytes;
        return together / workload.Threads <= Caches.Current.SecondLevel
            ? MemoryLevel.L2 : together <= Caches.Current.ThirdLevel ? MemoryLevel.L3 : MemoryLevel.Dram;
    }

    private double Wall(double milliseconds) => milliseconds / workload.Threads;

    private double Rate(double flopsOfImage, double milliseconds) => workload.Batch * flopsOfImage / milliseconds / 1e6;

    private static string NameOf(LinearPassKind kind) => kind switch
    {
        LinearPassKind.Forward => "forward",
        LinearPassKind.InputGradient => "input gradient",
        _ => "weight gradient",
    };

    private static string NameOf(Transfer transfer) => transfer switch
    {
        Transfer.Read => "read",
        Transfer.Write => "write",
        _ => "read + write",
    };

    private sealed record LinearCall(LinearPass Pass, CallTime Time);
}
