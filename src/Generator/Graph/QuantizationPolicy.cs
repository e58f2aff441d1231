using System.Globalization;
using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Parsing;

namespace NoiseGen.Generator.Graph;

/// <summary>Which weights and activations are quantized. The nearest policy wins as a whole: the stage's before the network's.</summary>
internal sealed class QuantizationPolicy
{
    private const int MaxBits = 16; // 2^16 levels and their rounding are exact in single precision

    private readonly AttributeDeclaration.Quantize?[] _stages;

    private QuantizationPolicy(AttributeDeclaration.Quantize?[] stages) => _stages = stages;

    /// <summary>The quantizer of a stage's weights: only a linear operation has them.</summary>
    public WeightQuantizerNode? Weights(StageOperations stage) => _stages[stage.Index] is { } policy && stage.Linear is { } linear
        ? new(policy.WeightBits ?? policy.Bits, PerChannel(policy.Weights, linear))
        : null;

    /// <summary>The quantizer of a stage's activations: unsigned, and so only behind a ReLU.</summary>
    public ActivationQuantizerNode? Activations(StageOperations stage) => _stages[stage.Index] is { } policy && stage.Relu
        ? new(policy.ActivationBits ?? policy.Bits, policy.Scale, Signed: false)
        : null;

    public static QuantizationPolicy Of(NetworkDeclaration declaration, StageOperations[] stages, ProblemList problems)
    {
        AttributeDeclaration.Quantize? network = null;
        foreach ((AttributeDeclaration.Quantize policy, int index) in declaration.Attributes.OfKind<AttributeDeclaration.Quantize>())
        {
            Checks checks = new(policy, new(Place.Network, index, null), $"Network '{declaration.Class.Name}'", problems);
            checks.Ranges();
            if (stages.Any(stage => stage.Linear is not null && Inherits(declaration.Stages[stage.Index]))) checks.Weights();
            network = policy;
        }

        return new QuantizationPolicy([.. stages.Select(stage => OfStage(declaration.Stages[stage.Index].Attributes, stage, network, problems))]);
    }

    private static bool Inherits(StageDeclaration stage) =>
        !stage.Attributes.Any(attribute => attribute is AttributeDeclaration.Quantize or AttributeDeclaration.NoQuantize);

    private static AttributeDeclaration.Quantize? OfStage(
        EquatableArray<AttributeDeclaration> attributes, StageOperations stage, AttributeDeclaration.Quantize? network, ProblemList problems)
    {
        (AttributeDeclaration.Quantize? own, int index) = attributes.OfKind<AttributeDeclaration.Quantize>().FirstOrDefault();
        (AttributeDeclaration.NoQuantize? none, int other) = attributes.OfKind<AttributeDeclaration.NoQuantize>().FirstOrDefault();
        if (own is not null && none is not null)
            problems.Add(DiagnosticIds.QuantizeAndNoQuantize, new Place(stage.Index, other, null), stage.Name);
        if (own is null) return none is null ? network : null;

        Place place = new(stage.Index, index, null);
        Checks checks = new(own, place, $"Stage '{stage.Name}'", problems);
        checks.Ranges();
        if (stage.Linear is not null) checks.Weights();
        if (stage.Sites == Sites.Pool) problems.Add(DiagnosticIds.NothingToQuantize, place, stage.Name);
        return own;
    }

    private static bool PerChannel(WeightScaling scaling, LinearNode linear) => scaling switch
    {
        WeightScaling.PerChannel => true,
        WeightScaling.PerTensor => false,
        _ => linear is LinearNode.Conv2d,
    };

    /// <summary>The checks of one attribute.</summary>
    private readonly struct Checks(AttributeDeclaration.Quantize policy, Place place, string owner, ProblemList problems)
    {
        public void Ranges()
        {
            Bits(policy.Bits, nameof(QuantizeAttribute.Bits));
            if (policy.WeightBits is { } weights) Bits(weights, nameof(QuantizeAttribute.WeightBits));
            if (policy.ActivationBits is { } activations) Bits(activations, nameof(QuantizeAttribute.ActivationBits));

            if (!(policy.Scale > 0f) || float.IsInfinity(policy.Scale))
                Report(DiagnosticIds.Scale, nameof(QuantizeAttribute.Scale), owner, policy.Scale.ToString("R", CultureInfo.InvariantCulture));
            if (policy.Weights is < WeightScaling.ByLayer or > WeightScaling.PerChannel)
                Report(DiagnosticIds.UnknownScaling, nameof(QuantizeAttribute.Weights), owner, (int)policy.Weights);
        }

        public void Weights()
        {
            if ((policy.WeightBits ?? policy.Bits) == 1)
                Report(DiagnosticIds.OneBitWeights, policy.WeightBits is null ? nameof(QuantizeAttribute.Bits) : nameof(QuantizeAttribute.WeightBits), owner);
        }

        private void Bits(int bits, string argument)
        {
            if (bits is < 1 or > MaxBits) Report(DiagnosticIds.Bits, argument, owner, argument, bits, MaxBits);
        }

        private void Report(string id, string argument, params object[] arguments) => problems.Add(id, place with { Argument = argument }, arguments);
    }
}
