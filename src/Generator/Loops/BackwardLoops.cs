using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Loops;

/// <summary>
/// Decides what a stage's backward pass does to a row, a strip and a block, and in which order.
/// With a norm it has two methods, between which the sums of the batch are
/// taken: back to the norm's output, and on from there.
/// </summary>
internal sealed class BackwardLoops
{
    private readonly NetworkPlan _plan;
    private readonly StagePlan _stage;
    private readonly StageNode _node;
    private readonly BackwardPlan _backward;

    // Noise that scaled the values: after the norm's statistics, or all of it; and what is left before them.
    private readonly IReadOnlyList<StageSite> _scaling;

    public BackwardLoops(NetworkPlan plan, StagePlan stage)
    {
        (_plan, _stage, _node, _backward) = (plan, stage, stage.Node, stage.Backward!);
        _scaling = [.. StageSite.Of(plan.Graph, stage.Node).Where(site => site.Kind.Struct.Scales)];
    }

    private IReadOnlyList<StageSite> FromNormSites => [.. _scaling.Where(site => site.Name == StageSite.Linear)];

    private IReadOnlyList<StageSite> ToNormSites => [.. _scaling.Where(site => site.Name != StageSite.Linear)];

    // The sites of the method that the rows up to the pool belong to.
    private IReadOnlyList<StageSite> RowSites => _stage.Norm is null ? _scaling : ToNormSites;

    // Of the linear operation's output.
    private RowIndex LinearRow => RowIndexes.Of(_node.LinearOutput.Height);

    private int LinearFloats => _stage.LinearElements * Lanes;

    private int RowFloats => _stage.RowElements * Lanes;

    // Name of the gradient with respect to the linear operation's output.
    // Without pool, concatenation and norm it is the stage's output gradient.
    private string Gradient =>
        _stage.Norm is null && _backward.RowGradient == _backward.OutputGradient ? "outputGradient" : "gradient";

    private bool IsLaneReduced => _stage.Linear?.Accumulators is not null;

    private bool HasBiasRows => IsLaneReduced && _stage.Linear!.Kernels.HasBiases;

    /// <summary>Back to the norm's output; null without a norm.</summary>
    public Method? ToNormGradient()
    {
        if (_stage.Norm is not { } norm) return null;
        ImageShape map = _node.LinearOutput;
        List<Step> body = [
            .. GradientRow(LinearRow, LinearRow),
            new Step.NormGradientSums("rowGradient", new("values", LinearRow, LinearFloats), map.Width, LinearRow)];
        return new(
            Method.ToNormGradient,
            "Back to the norm's output, whose gradient is summed on the way.",
            [.. Pass(ToNormSites), MethodParameter.Norm, .. ScaleAndRate()],
            [
                [.. FinishDeclarations(ToNormSites), new Step.NameFloats("values", _stage.Values!),
                    new Step.NameFloats("sums", norm.GradientSums)],
                [new Step.RowLoop(map.Height, LoopDivision.None, body), new Step.EndNormGradientSums()],
            ]);
    }

    /// <summary>All of the stage, or what comes before the norm.</summary>
    public Method Backward() => _stage.Norm is null ? Whole() : FromNorm();

    private Method Whole() => new(
        Method.Backward,
        null,
        [.. Pass(_scaling), .. Layer(), .. ScaleAndRate()],
        [[.. FinishDeclarations(_scaling), .. LinearDeclarations()], [.. Strips()], .. Inputs()]);

    private Method FromNorm()
    {
        const string Remark = "Back through the norm, and on.";
        MethodParameter[] parameters = [.. Pass(FromNormSites), .. Layer(), MethodParameter.Norm];
        if (_stage.Linear is null && _backward.InputGradient is null)
            return new(Method.Backward, Remark, parameters, [[new Step.Nothing("No stage before this one has parameters.")]]);
        Step[] declarations =
        [
            new Step.NameFloats("gradient", _backward.RowGradient, $"{_node.LinearOutput}"), new Step.NameFloats("values", _stage.Values!),
            .. LinearDeclarations(),
            .. Samples(FromNormSites),
        ];
        return new(Method.Backward, Remark, parameters, [declarations, [.. NormStrips()], .. Inputs()]);
    }

    private static MethodParameter[] Pass(IReadOnlyList<StageSite> sites) => sites.Count == 0 ? [] : [MethodParameter.Pass];

    private MethodParameter[] Layer() => _stage.Linear is null ? [] : [MethodParameter.Layer];

    private IEnumerable<MethodParameter> ScaleAndRate()
    {
        if (_stage.LearnedScale is not null) yield return MethodParameter.LearnedScale;
        if (_stage.Dropped is not null) yield return MethodParameter.Rate;
    }

    private IEnumerable<Step> Samples(IReadOnlyList<StageSite> sites) =>
        sites.Select(site => new Step.Samples(site, "NoiseLanes", _plan.NoiseWork, site.Place * _plan.SiteFloats));

    // What the gradient passes from the output back to the norm or, without one, the linear operation.
    private IEnumerable<Step> FinishDeclarations(IReadOnlyList<StageSite> sites)
    {
        yield return new Step.NameFloats("outputGradient", _backward.OutputGradient, $"{_node.Output}");
        if (_backward.RowGradient != _backward.OutputGradient)
            yield return new Step.NameFloats("gradient", _backward.RowGradient, Shapes.Rows(_backward.StripRows, _node.LinearOutput));
        if (_backward.MergedRow is { } merged) yield return new Step.NameFloats("merged", merged, Shapes.Rows(1, _node.MergeOutput));
        if (_backward.SecondGradient is { } second)
            yield return new Step.NameFloats("secondGradient", second, $"of {_plan.Graph.Stages[_node.Merge!.Other].Path}");
        if (_stage.Masks is { } masks) yield return new Step.NameMasks("masks", masks);
        if (_stage.Slopes is { } slopes) yield return new Step.NameFloats("slopes", slopes);
        if (_stage.LearnedScale is { } scale) yield return new Step.NameFloats("errors", scale.Errors);
        if (_stage.Winners is { } winners) yield return new Step.NameMasks("winners", winners);
        foreach (Step samples in Samples(sites)) yield return samples;
        if (_stage.Dropped is { } dropped)
        {
            yield return new Step.NameMasks("dropped", dropped);
            yield return new Step.DropGradient(_node.Output.Count);
        }

        foreach (StageSite site in sites.Where(site => site.Name == StageSite.Pool))
        {
            RowIndex row = RowIndexes.Of(_node.Output.Height);
            var back = new Step.NoiseGradient(
                site, new("outputGradient", row, _stage.OutputRowElements * Lanes), _stage.OutputRowElements, row);
            yield return new Step.RowLoop(_node.Output.Height, new(DivisionKind.Rows), [back]);
        }
    }

    private IEnumerable<Step> LinearDeclarations()
    {
        if (_stage.Linear is not { } linear) yield break;
        yield return new Step.NameFloats("input", _stage.Input, $"{_node.Input}");
        if (linear.Accumulators is not { } accumulators) yield break;
        yield return new Step.NameFloats("accumulators", accumulators);
        yield return new Step.Clear("accumulators", 0, (int)linear.Kernels.Accumulators);
    }

    // From the gradient of the output to that of the linear operation's, strip by strip;
    // a weight gradient with lanes as the reduction takes each strip at once.
    private IEnumerable<Step> Strips()
    {
        int height = _node.LinearOutput.Height;
        if (!HasGradientRows && !HasBiasRows) return WeightGradient(Gradient, All);
        if (_backward.StripRows >= height)
            return [new Step.RowLoop(height, RowDivision, [.. GradientRow(LinearRow, LinearRow), .. Biases()]),
                .. WeightGradient(Gradient, All)];
        return
        [
            Strip(
                _backward.StripRows, StripDivision,
                [.. GradientRow(RowIndex.Row, _backward.StripRows == 1 ? RowIndex.First : RowIndex.RowOfStrip), .. Biases()],
                rows => WeightGradient(Gradient, rows)),
        ];
    }

    // A strip of one row needs no inner loop.
    private Step Strip(int rows, LoopDivision division, IReadOnlyList<Step> body, Func<RowSpan, IEnumerable<Step>> ofStrip) => rows == 1
        ? new Step.RowLoop(_node.LinearOutput.Height, division, [.. body, .. ofStrip(new(RowSpanKind.Row))])
        : new Step.StripLoop(_node.LinearOutput.Height, rows, division, body, [.. ofStrip(new(RowSpanKind.Strip))]);

    private RowSpan All => new(RowSpanKind.All, _node.LinearOutput.Height);

    // Sums of biases and of a learned scale take the rows in their order.
    private LoopDivision RowDivision => HasBiasRows || _stage.LearnedScale is not null ? LoopDivision.None
        : new(DivisionKind.Rows, 1, _backward.MergedRow is null ? [] : ["merged"]);

    // The weights of different output channels have separate sums.
    private LoopDivision StripDivision => RowDivision.Kind == DivisionKind.None ? LoopDivision.None : new(DivisionKind.Channels);

    private bool HasGradientRows => _node.Pool is not null || _scaling.Any(site => site.Name != StageSite.Pool)
        || _stage.Row is { HasMasks: true } or { HasSlopes: true } || _backward.SecondGradient is not null || _stage.IsConcatenation;

    // One row of the gradient, called `rowGradient`: back through pool, quantizer, activation, and sum or concatenation.
    private IEnumerable<Step> GradientRow(RowIndex row, RowIndex place)
    {
        string current = _stage.IsConcatenation ? "current" : "rowGradient";
        RowOf memory = _backward.MergedRow is not null ? RowOf.Start("merged")
            : _node.Pool is not null ? new("gradient", place, LinearFloats)
            : new("outputGradient", row, RowFloats);
        RowOf masks = new("masks", row, _stage.RowElements * 2);
        bool poolMasks = _node.Pool is { Max: false } && _stage.Masks is not null && _stage.LearnedScale is null;
        IEnumerable<Step> pool = _node.Pool is null ? []
            : [_node.Pool.Max ? new Step.MaxPoolGradient(current, row) : new Step.AveragePoolGradient(
                current, poolMasks ? masks : null, row)];
        return
        [
            new Step.NameRow(current, memory), .. pool, .. Activation(current, poolMasks ? null : masks, row),
            .. Merge(current, row, place),
            .. Scaled(StageSite.Norm, RowOf.Start("rowGradient"), _stage.LinearElements, row),
            .. Scaled(StageSite.Linear, RowOf.Start("rowGradient"), _stage.LinearElements, row),
        ];
    }

    // The gradient of a learned scale is made of that of the quantizer's output: noise after the quantizer comes first.
    private IEnumerable<Step> Activation(string current, RowOf? masks, RowIndex row)
    {
        int elements = _stage.RowElements;
        RowOf target = RowOf.Start(current);
        bool isAfterLearned = _stage.LearnedScale is not null
            && _scaling.Any(site => site is { Name: StageSite.Activation, Kind.BeforeQuantizer: false });
        IEnumerable<Step> noise = Scaled(StageSite.Activation, target, elements, row);
        if (isAfterLearned) foreach (Step scaled in noise) yield return scaled;
        if (_stage.LearnedScale is not null) yield return new Step.ScaleGradient(current, new("errors", row, RowFloats), elements * 2);
        // A percentile is never masked by a ReLU; other masks are those of the last levels alone, and it may lie beyond them.
        var receive = new Step.ReceiveScaleGradient(current, elements, row);
        if (_stage is { LearnedScale: not null, Slopes: null }) yield return receive;
        if (_stage.Masks is not null && masks is { } where) yield return new Step.Mask(current, where, elements * 2);
        if (_stage is { LearnedScale: not null, Slopes: not null }) yield return receive;
        if (_stage.Slopes is not null) yield return new Step.Slope(current, new("slopes", row, RowFloats), elements * 2);
        if (!isAfterLearned) foreach (Step scaled in noise) yield return scaled;
        foreach (Step scaled in Scaled(StageSite.Sum, target, elements, row)) yield return scaled;
    }

    private IEnumerable<Step> Merge(string current, RowIndex row, RowIndex place)
    {
        if (_stage.IsConcatenation) return Split(current, row, place);
        return _backward.SecondGradient is null ? []
            : [new Step.Copy(
                RowOf.Start("rowGradient"), new("secondGradient", row, RowFloats), _stage.RowElements, _backward.AddsToSecond)];
    }

    private IEnumerable<Step> Split(string current, RowIndex row, RowIndex place)
    {
        ImageShape merged = _node.MergeOutput;
        int channels = _node.LinearOutput.Channels, before = merged.Channels - channels;
        RowOf source = RowOf.Start(current);
        if (_backward.SecondGradient is not null)
            yield return new Step.TakeChannels(
                source, merged.Channels, 0, new("secondGradient", row, before * merged.Width * Lanes), before, merged.Width,
                _backward.AddsToSecond);
        yield return new Step.NameRow("rowGradient", new("gradient", place, LinearFloats));
        yield return new Step.TakeChannels(
            source, merged.Channels, before, RowOf.Start("rowGradient"), channels, merged.Width, Adds: false);
    }

    private IEnumerable<Step> Scaled(string site, RowOf target, int elements, RowIndex row) =>
        RowSites.Where(found => found.Name == site).Select(found => new Step.NoiseGradient(found, target, elements, row));

    private IEnumerable<Step> Biases() =>
        HasBiasRows ? [new Step.BiasGradient(_stage.Linear!.Kernels.BiasAccumulators, _node.LinearOutput.Width)] : [];

    private IEnumerable<Step> WeightGradient(string gradient, RowSpan rows) =>
        IsLaneReduced ? [new Step.WeightGradient(_stage.Linear!.Kernels, gradient, rows)] : [];

    // Back through the norm, strip by strip where the weight gradient takes strips.
    private IEnumerable<Step> NormStrips()
    {
        ImageShape map = _node.LinearOutput;
        RowOf gradient = new("gradient", LinearRow, LinearFloats), values = new("values", LinearRow, LinearFloats);
        if (_stage.Linear is null)
        {
            var back = new Step.NormGradient(
                gradient, values, new("inputGradient", LinearRow, LinearFloats), map.Width, _backward.AddsToInput);
            return
            [
                new Step.NameFloats("inputGradient", _backward.InputGradient!),
                new Step.RowLoop(map.Height, new(DivisionKind.Rows), [back]),
            ];
        }

        RowOf row = RowOf.Start("rowGradient");
        IEnumerable<Step> noise = FromNormSites.Select(site => new Step.NoiseGradient(site, row, _stage.LinearElements, LinearRow));
        Step[] body =
        [
            new Step.NameRow("rowGradient", gradient), new Step.NormGradient(row, values, row, map.Width, Adds: false), .. noise,
            .. Biases(),
        ];
        LoopDivision division = new(HasBiasRows ? DivisionKind.None : IsLaneReduced ? DivisionKind.Channels : DivisionKind.Rows);
        if (!IsLaneReduced || _backward.PassRows >= map.Height) return
        [
            new Step.RowLoop(map.Height, division, body), .. WeightGradient(Gradient, All),
        ];
        return
        [
            Strip(_backward.PassRows, division, body, rows => rows.Kind == RowSpanKind.Row
                ? WeightGradient("rowGradient", rows)
                : [new Step.NameRow("strip", new("gradient", RowIndex.StartOfStrip, LinearFloats)), .. WeightGradient("strip", rows)]),
        ];
    }

    // What the weights' gradient needs of this block, and the gradient with respect to the input.
    private IEnumerable<IReadOnlyList<Step>> Inputs()
    {
        if (_stage.Linear is { TransposedInput: { } transposed } dense)
        {
            yield return [new Step.TransposeInputs(transposed, dense.Kernels.OuterGradient!.SourcePixels)];
        }
        else if (_stage.Linear is { BlockGradient: { } block } linear)
        {
            yield return [new Step.NameFloats("blockGradient", block), new Step.SumWeightGradient(linear.Kernels)];
        }

        if (_backward.InputGradient is not { } target || (_stage.Norm is not null && _stage.Linear is null)) yield break;
        Step input = _stage.Linear is null
            ? new Step.Copy(RowOf.Start(Gradient), RowOf.Start("inputGradient"), _node.Input.Count, _backward.AddsToInput)
            : new Step.InputGradient(_stage.Linear, Gradient, _backward.AddsToInput);
        yield return [new Step.NameFloats("inputGradient", target, $"{_node.Input}"), input];
    }
}
