using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Loops;

/// <summary>
/// Decides what a stage's forward pass does to a row, and in which order.
/// With a norm it has two methods, between which the batch's statistics are taken: up to the
/// norm's input, and on from there.
/// </summary>
internal sealed class ForwardLoops(NetworkPlan plan, StagePlan stage)
{
    private readonly StageNode _node = stage.Node;
    private readonly IReadOnlyList<StageSite> _sites = StageSite.Of(plan.Graph, stage.Node);

    /// <summary>Up to the norm's input; null without a norm.</summary>
    public Method? ToNorm()
    {
        if (stage.Norm is not { } norm) return null;
        List<MethodParameter> parameters = [MethodParameter.Pass];
        if (HasLayer) parameters.Add(MethodParameter.Layer);
        parameters.Add(MethodParameter.Norm);
        return new(
            Method.ToNorm,
            stage.Linear is null
                ? "Takes the statistics of what the norm reads."
                : "Up to the norm's input, whose statistics training takes on the way.",
            parameters,
            [ToNormDeclarations(norm), stage.Linear is null ? StatisticsAlone() : LinearRows()]);
    }

    /// <summary>All of the stage, or what follows the norm's statistics.</summary>
    public Method Forward()
    {
        List<MethodParameter> parameters = [MethodParameter.Pass];
        if (stage.Norm is not null) parameters.Add(MethodParameter.Norm);
        else if (HasLayer) parameters.Add(MethodParameter.Layer);
        if (stage.LearnedScale is not null) parameters.Add(MethodParameter.LearnedScale);
        else if (_node.ActivationQuantizer is not null) parameters.Add(MethodParameter.Levels);
        if (stage.Dropped is not null) parameters.Add(MethodParameter.Rate);
        return new(
            Method.Forward, stage.Norm is null ? null : "From the norm on.", parameters,
            [[.. ForwardDeclarations()], [.. Rows()], [.. Drop()]]);
    }

    // Weights that are not packed are read from the layer.
    private bool HasLayer => stage.Linear is { Kernels.IsPacked: false };

    private IReadOnlyList<Step> ToNormDeclarations(NormPlan norm)
    {
        List<Step> steps = [];
        if (stage.Linear is null) steps.Add(new Step.EndUnlessTraining());
        else steps.AddRange(Operands());
        steps.Add(new Step.NameFloats("values", stage.Values!, $"{_node.LinearOutput}"));
        steps.Add(new Step.NameFloats("sums", norm.Sums));
        if (stage.Linear is not null) steps.AddRange(Samples(site => site.Name == StageSite.Linear));
        return steps;
    }

    // The norm reads what another stage has computed.
    private IReadOnlyList<Step> StatisticsAlone() =>
    [
        new Step.RowLoop(
            _node.LinearOutput.Height, LoopDivision.None,
            [new Step.NameRow("current", ValuesRow), new Step.NormStatistics("current", _node.LinearOutput.Width, LinearRow)]),
        new Step.EndNormStatistics(),
    ];

    private IReadOnlyList<Step> LinearRows()
    {
        List<Step> body = [new Step.NameRow("current", ValuesRow), new Step.LinearRow(stage.Linear!.Kernels, "current", LinearRow)];
        body.AddRange(
            _sites.Where(site => site.Name == StageSite.Linear)
                .Select(site => new Step.AddNoise(site, "current", stage.LinearElements, LinearRow)));
        body.Add(new Step.InTraining(new Step.NormStatistics("current", _node.LinearOutput.Width, LinearRow)));
        return [new Step.RowLoop(_node.LinearOutput.Height, LoopDivision.None, body), new Step.InTraining(new Step.EndNormStatistics())];
    }

    private RowOf ValuesRow => new("values", LinearRow, stage.LinearElements * Lanes);

    // Of the linear operation's output.
    private RowIndex LinearRow => RowIndexes.Of(_node.LinearOutput.Height);

    private IEnumerable<Step> ForwardDeclarations()
    {
        if (stage.Norm is not null) yield return new Step.NameFloats("values", stage.Values!, $"{_node.LinearOutput}");
        else foreach (Step operand in Operands()) yield return operand;
        if (stage.Second is { } second) yield return new Step.NameFloats("second", second, $"{SecondShape}");
        if (stage.LinearRow is { } linearRow) yield return new Step.NameFloats("linearRow", linearRow, Shapes.Rows(1, _node.LinearOutput));
        if (_node.Pool is not null)
            yield return new Step.NameFloats("rows", stage.Rows, Shapes.Rows(stage.RingRows, _node.MergeOutput, "latest"));
        yield return new Step.NameFloats("output", stage.Output, $"{_node.Output}");
        if (stage.Masks is { } masks) yield return new Step.NameMasks("masks", masks);
        if (stage.Slopes is { } slopes) yield return new Step.NameFloats("slopes", slopes);
        if (stage.LearnedScale is { } scale)
        {
            yield return new Step.NameFloats("errors", scale.Errors);
            yield return new Step.TakeLevels();
        }

        if (stage.Winners is { } winners) yield return new Step.NameMasks("winners", winners);
        if (Uncovered is { } uncovered) yield return uncovered;
        foreach (Step samples in Samples(site => stage.Norm is null || site.Name != StageSite.Linear)) yield return samples;
    }

    private ImageShape SecondShape => _node.Merge!.Other < 0 ? plan.Graph.Input : plan.Graph.Stages[_node.Merge.Other].Output;

    private IEnumerable<Step> Operands()
    {
        yield return new Step.NameFloats("input", stage.Input, $"{_node.Input}");
        if (stage.Linear is not { } linear) yield break;
        yield return new Step.NameWeights(linear);
        if (linear.WinogradScratch is { } scratch) yield return new Step.NameFloats("scratch", scratch);
    }

    private IEnumerable<Step> Samples(Func<StageSite, bool> isWanted) => _sites.Where(isWanted)
        .Select(site => new Step.Samples(site, site.Kind.Struct.Lanes, plan.NoiseWork, site.Place * plan.SiteFloats));

    // A percentile or a range is taken over all values, including those that no window covers.
    private bool ComputesUncovered => stage.PooledRows < _node.MergeOutput.Height
        && (stage.LearnedScale is not null || _sites.Any(site => site.Name != StageSite.Pool && site.Kind.Unit == SigmaUnit.Range));

    // The gradient of rows that no window covers is zero, and its product with their slopes has to be zero as well.
    private Step? Uncovered
    {
        get
        {
            int row = stage.RowElements * Lanes, rows = _node.MergeOutput.Height - stage.PooledRows;
            return rows == 0 || stage.Slopes is null || ComputesUncovered
                ? null
                : new Step.Clear("slopes", stage.PooledRows * row, rows * row);
        }
    }

    private IEnumerable<Step> Rows()
    {
        if (_node.Pool is { } pool) return PooledRows(pool);
        RowIndex row = RowIndexes.Of(_node.MergeOutput.Height);
        if (row == RowIndex.First) return [new Step.RowLoop(1, RowDivision, [.. Row("output", row)])];
        RowOf output = new("output", row, stage.RowElements * Lanes);
        return [new Step.RowLoop(_node.MergeOutput.Height, RowDivision, [new Step.NameRow("current", output), .. Row("current", row)])];
    }

    // A pool's single output row comes after the rows of its one window.
    private IEnumerable<Step> PooledRows(PoolNode pool)
    {
        bool isOneWindow = _node.Output.Height == 1 && !ComputesUncovered;
        RowIndex row = isOneWindow ? RowIndexes.Of(stage.PooledRows) : RowIndex.Row,
            pooled = isOneWindow ? RowIndex.First : RowIndex.Pooled;
        RowOf ring = new("rows", row, stage.RowElements * Lanes, isOneWindow ? 0 : stage.RingRows);
        Step[] body = [new Step.NameRow("current", ring), .. Row("current", row)], pooledBody = [.. PooledRow(pool, pooled)];
        return isOneWindow
            ? [new Step.RowLoop(stage.PooledRows, RowDivision, body), .. pooledBody]
            : [new Step.PoolLoop(
                _node.Output.Height, pool.Window, _node.MergeOutput.Height, stage.PooledRows, RowDivision, body, pooledBody,
                ComputesUncovered)];
    }

    // A learned scale that is being collected sees the rows in their order.
    private LoopDivision RowDivision
    {
        get
        {
            if (stage.LearnedScale is not null) return LoopDivision.None;
            if (_node.MergeOutput.Height == 1) return new(DivisionKind.Channels);
            int multiple = stage.Norm is null && stage.Linear?.Kernels.Winograd is { } winograd ? winograd.Rows : 1;
            string[] buffers = [
                .. new[] { stage.LinearRow is null ? null : "linearRow", _node.Pool is null ? null : "rows",
                    multiple == 1 ? null : "scratch" }.OfType<string>()];
            return new(DivisionKind.Rows, multiple, buffers);
        }
    }

    private IEnumerable<Step> PooledRow(PoolNode pool, RowIndex row)
    {
        int elements = stage.OutputRowElements;
        yield return new Step.NameRow("target", new RowOf("output", row, elements * Lanes));
        yield return pool.Max
            ? new Step.MaxPool("target", new RowOf("winners", row, elements * 2 * pool.Window.Height * pool.Window.Width), row)
            : new Step.AveragePool("target", row);
        foreach (StageSite site in _sites.Where(site => site.Name == StageSite.Pool))
            yield return new Step.AddNoise(site, "target", elements, row);
    }

    // A row of the map, up to the pool.
    private IEnumerable<Step> Row(string current, RowIndex row)
    {
        string target = stage.IsConcatenation ? "linearRow" : current;
        RowOf source = stage.Norm is not null ? new("values", row, stage.LinearElements * Lanes)
            : stage.Linear is null ? new("input", row, stage.LinearElements * Lanes)
            : RowOf.Start(target);
        if (stage.Norm is null && stage.Linear is { } linear) yield return new Step.LinearRow(linear.Kernels, target, row);
        if (stage.IsConcatenation)
        {
            if (stage.Before is { } before)
            {
                yield return new Step.Pass(before, source, "linearRow", [], row, stage.LinearElements, stage.Period);
                source = RowOf.Start("linearRow");
            }

            foreach (Step put in Concatenation(current, source, row)) yield return put;
            source = RowOf.Start(current);
        }

        if (stage.Row is { } kernel)
        {
            yield return new Step.Pass(kernel, source, current, [.. References(kernel, row)], row, stage.RowElements, stage.Period);
            if (kernel.HasErrors) yield return new Step.ObserveScale(current, stage.RowElements, row);
        }
        else if (stage.Linear is null && !stage.IsConcatenation)
        {
            yield return new Step.Copy(source, RowOf.Start(current), stage.RowElements);
        }
    }

    private IEnumerable<RowOf> References(RowKernel kernel, RowIndex row)
    {
        int floats = stage.RowElements * Lanes;
        if (kernel.IsSum) yield return new("second", row, floats);
        if (kernel.HasMasks) yield return new("masks", row, stage.RowElements * 2);
        if (kernel.HasSlopes) yield return new("slopes", row, floats);
        if (kernel.HasErrors) yield return new("errors", row, floats);
    }

    // The second input's channels come first.
    private IEnumerable<Step> Concatenation(string current, RowOf source, RowIndex row)
    {
        ImageShape merged = _node.MergeOutput;
        int channels = _node.LinearOutput.Channels, before = merged.Channels - channels;
        RowOf target = RowOf.Start(current);
        yield return new Step.PutChannels(
            new("second", row, before * merged.Width * Lanes), before, target, merged.Channels, 0, merged.Width);
        yield return new Step.PutChannels(source, channels, target, merged.Channels, before, merged.Width);
    }

    private IEnumerable<Step> Drop()
    {
        if (stage.Dropped is not { } dropped) yield break;
        RowIndex row = RowIndexes.Of(_node.Output.Height);
        int elements = stage.OutputRowElements;
        yield return new Step.EndUnlessDropping();
        yield return new Step.NameMasks("dropped", dropped);
        yield return new Step.DropoutSamples(stage.Index, plan.NoiseWork, StageSite.DropoutPlace * plan.SiteFloats);
        Step[] body = [new Step.Drop(new("output", row, elements * Lanes), new("dropped", row, elements * 2), elements, row)];
        yield return new Step.RowLoop(_node.Output.Height, new(DivisionKind.Rows), body);
    }
}
